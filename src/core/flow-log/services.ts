/** Common services by their usual port; the first name of a port is shown. */
const PORTS: Readonly<Record<string, number>> = {
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  dns: 53,
  dhcp: 67,
  tftp: 69,
  http: 80,
  kerberos: 88,
  pop3: 110,
  ntp: 123,
  imap: 143,
  snmp: 161,
  bgp: 179,
  ldap: 389,
  https: 443,
  smb: 445,
  smtps: 465,
  syslog: 514,
  submission: 587,
  ldaps: 636,
  imaps: 993,
  pop3s: 995,
  mssql: 1433,
  oracle: 1521,
  mqtt: 1883,
  nfs: 2049,
  zookeeper: 2181,
  docker: 2375,
  etcd: 2379,
  grafana: 3000,
  mysql: 3306,
  rdp: 3389,
  otlp: 4317,
  postgres: 5432,
  amqp: 5671,
  rabbitmq: 5672,
  vnc: 5900,
  winrm: 5985,
  redis: 6379,
  'kubernetes-api': 6443,
  cassandra: 9042,
  clickhouse: 8123,
  vault: 8200,
  influxdb: 8086,
  mqtts: 8883,
  neptune: 8182,
  consul: 8500,
  prometheus: 9090,
  kafka: 9092,
  elasticsearch: 9200,
  kubelet: 10_250,
  memcached: 11_211,
  mongodb: 27_017,
};

/** Other names of the same services. */
const ALIASES: Readonly<Record<string, string>> = {
  bootps: 'dhcp',
  cifs: 'smb',
  domain: 'dns',
  elastic: 'elasticsearch',
  mariadb: 'mysql',
  memcache: 'memcached',
  mongo: 'mongodb',
  'ms-sql': 'mssql',
  opensearch: 'elasticsearch',
  pg: 'postgres',
  postgresql: 'postgres',
  sftp: 'ssh',
  sqlserver: 'mssql',
  valkey: 'redis',
};

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(PORTS).map(([name, port]) => [port, name]));

/** The ports on which a named service listens. */
export const SERVICE_PORTS: readonly number[] = [...NAMES.keys()];

/** The service names that are understood, without other spellings. */
export const SERVICE_NAMES: readonly string[] = Object.keys(PORTS);

/** The usual port of a service by name, in any case; undefined for an unknown name. */
export function servicePort(name: string): number | undefined {
  const typed = name.toLowerCase();
  const known = Object.hasOwn(ALIASES, typed) ? (ALIASES[typed] ?? typed) : typed;
  return Object.hasOwn(PORTS, known) ? PORTS[known] : undefined;
}

/** The service that usually listens on a port; undefined where none is known. A hint for readers, never a proof. */
export function serviceName(port: number): string | undefined {
  return NAMES.get(port);
}
