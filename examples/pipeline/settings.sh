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

# Ends with 2 and a line on stderr, as for bad input.
refuse() {
  echo "$1" >&2
  exit 2
}

# Ends with 1 and a line on stderr, as for what AWS refuses.
fail() {
  echo "$1" >&2
  exit 1
}

# Ends as for bad input unless a text is one line that an expression matches as a whole.
valid() {
  case $2 in
    *'
'*) refuse "$1 must be one line" ;;
  esac
  printf '%s\n' "$2" | grep -Eqx -e "$3" || refuse "$1 must match $3"
}

valid TYPE_NAME "$TYPE_NAME" '[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){2}'
valid EXECUTION_ROLE "$EXECUTION_ROLE" '[A-Za-z0-9_+=,.@/-]{1,512}'
valid LOGGING_ROLE "$LOGGING_ROLE" '[A-Za-z0-9_+=,.@/-]{1,512}'
valid PACKAGE_BUCKETS "$PACKAGE_BUCKETS" '[a-z0-9][a-z0-9-]{1,40}[a-z0-9]'
valid PERMISSION_MODEL "$PERMISSION_MODEL" 'SELF_MANAGED|SERVICE_MANAGED'
valid ORGANIZATIONAL_UNIT "$ORGANIZATIONAL_UNIT" '(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})?'
valid CALL_AS "$CALL_AS" 'SELF|DELEGATED_ADMIN'
valid POLL_SECONDS "$POLL_SECONDS" '[0-9]{1,3}'

# Calls the AWS CLI. Where that fails, ends with 1 and says whether AWS refused the call or could not be reached. The exit code does not tell:
# version 1 of the CLI ends with 255 for both. Both versions begin a service's answer alike.
call() {
  code=0
  { said=$(aws "$@" 2>&1 >&3) || code=$?; } 3>&1
  [ -z "$said" ] || echo "$said" >&2
  case $code:$said in
    0:*) ;;
    *"An error occurred ("*) fail "AWS refused $1 $2." ;;
    126:* | 127:*) fail "The AWS CLI could not be run." ;;
    *) fail "AWS could not be reached: $1 $2 ended with $code." ;;
  esac
}

# The lines "account Region ..." of an environment.
targets() {
  awk -v environment="$1" '!/^ *#/ && $1 == environment { $1 = ""; sub(/^ +/, ""); print }' "$TARGETS"
}

# All Regions of all environments.
regions() {
  awk '!/^ *#/ && NF > 2 { for (i = 3; i <= NF; i++) print $i }' "$TARGETS" | sort -u
}

# Ends as for bad input where a line of the targets is malformed.
checked() {
  [ -f "$TARGETS" ] || refuse "There is no file $TARGETS"
  wrong=$(grep -Evx -e ' *(#.*)?' "$TARGETS" | grep -Evx -e '[a-z0-9]{1,20}( +)[0-9]{12}( +[a-z]{2}(-[a-z]+)+-[0-9])+ *' || true)
  [ -z "$wrong" ] || refuse "Lines of $TARGETS must be: environment account Region ..."
}

# Ends as for bad input unless the targets have that environment.
known() {
  valid "The environment" "$1" '[a-z0-9]{1,20}'
  checked
  [ -n "$(targets "$1")" ] || refuse "There is no environment $1 in $TARGETS"
}
