"""What AWS's published model of EC2 says of one call.

Reads as JSON {operation, params, output}: what a request asks for and what is in its reply, by the names of the model.
Answers as JSON:
  faults   why the model refuses the request; empty when it does not
  request  how botocore would send it: method, path, form
  reply    the reply on the wire, written by moto, from which botocore reads the same output again
"""

import json
import sys

import botocore.session
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from botocore.validate import ParamValidator
from moto.core.serialize import EC2Serializer
from moto.core.utils import get_service_model


def faults_of(params, shape):
    report = ParamValidator().validate(params, shape)
    return [report.generate_report()] if report.has_errors() else list(wrong_words(params, shape))


def wrong_words(value, shape):
    """botocore validates names, types and lengths, and sends any word where the model lists a few."""
    if shape.type_name == "structure":
        for name, inner in value.items():
            yield from wrong_words(inner, shape.members[name])
    elif shape.type_name == "list":
        for inner in value:
            yield from wrong_words(inner, shape.member)
    elif getattr(shape, "enum", []) and value not in shape.enum:
        yield f"{shape.name} is one of {', '.join(shape.enum)}, not {value}"


def request_of(params, operation):
    sent = create_serializer("ec2").serialize_to_request(params, operation)
    return {"method": sent["method"], "path": sent["url_path"], "form": sent["body"]}


def reply_of(output, operation):
    # moto reads the same model with shapes of its own.
    written = EC2Serializer(get_service_model("ec2").operation_model(operation.name)).serialize(output)
    wire = {"status_code": 200, "headers": written["headers"], "body": written["body"].encode()}
    read = create_parser("ec2").parse(wire, operation.output_shape)
    if read != {**output, "ResponseMetadata": read["ResponseMetadata"]}:
        raise ValueError(f"moto wrote {written['body']}, in which botocore reads {read}")
    return written["body"]


asked = json.load(sys.stdin)
operation = botocore.session.get_session().get_service_model("ec2").operation_model(asked["operation"])
answer = {"faults": faults_of(asked["params"], operation.input_shape)}
if not answer["faults"]:
    answer["request"] = request_of(asked["params"], operation)
    answer["reply"] = reply_of(asked["output"], operation)
json.dump(answer, sys.stdout)
