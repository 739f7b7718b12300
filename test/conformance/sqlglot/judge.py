"""Reads statements as JSON, {name: text}, and answers as JSON why sqlglot's Athena dialect refuses them, {name: reason}.

A statement that sqlglot only carries along as a command was not understood, and counts as refused.
"""

import json
import logging
import sys

import sqlglot
from sqlglot import exp

logging.getLogger("sqlglot").setLevel(logging.ERROR)


def reason(text):
    try:
        statements = sqlglot.parse(text, read="athena", error_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.errors.SqlglotError as error:
        return str(error)
    if len(statements) != 1:
        return f"{len(statements)} statements instead of one"
    if isinstance(statements[0], exp.Command):
        return "not understood"
    return None


faults = {name: reason(text) for name, text in json.load(sys.stdin).items()}
json.dump({name: fault for name, fault in faults.items() if fault is not None}, sys.stdout)
