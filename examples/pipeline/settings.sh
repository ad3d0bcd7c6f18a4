# shellcheck shell=sh
# What all scripts of this folder share; they read it, nobody runs it. A variable that is set already wins.

# Name of the type. The registry refuses names that begin with AWS, Amazon, AMZN, Alexa, Custom or Dev.
: "${TYPE_NAME:=AWS::Custom::DmsCrossAccountS3Endpoint}"
# Names of the type's roles in each account, those of bootstrap/type-roles.yaml.
: "${EXECUTION_ROLE:=dms-s3-endpoint-type-execution}"
: "${LOGGING_ROLE:=dms-s3-endpoint-type-logging}"
# Buckets of packages: what their names begin with; the Region follows.
: "${PACKAGE_BUCKETS:=example-dms-s3-endpoint-packages}"
# SELF_MANAGED: with the roles of target-account.yaml. SERVICE_MANAGED: with those of AWS Organizations.
: "${PERMISSION_MODEL:=SELF_MANAGED}"
# Organizational unit of the accounts (SERVICE_MANAGED), and whose administrator this account is: SELF or DELEGATED_ADMIN.
: "${ORGANIZATIONAL_UNIT:=}"
: "${CALL_AS:=SELF}"
# Seconds between two looks at what takes time.
: "${POLL_SECONDS:=10}"
: "${TARGETS:=$here/targets.txt}"

# Ends with a line on stderr, as for bad input.
refuse() {
  echo "$1" >&2
  exit 2
}

# The lines "account Region ..." of an environment.
targets() {
  awk -v environment="$1" '!/^ *#/ && $1 == environment { $1 = ""; print }' "$TARGETS"
}

# All Regions of all environments.
regions() {
  awk '!/^ *#/ && NF > 2 { for (i = 3; i <= NF; i++) print $i }' "$TARGETS" | sort -u
}

known() {
  [ -n "$(targets "$1")" ] || refuse "There is no environment $1 in $TARGETS"
}
