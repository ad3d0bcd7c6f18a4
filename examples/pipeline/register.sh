#!/bin/sh
# Registers a package in every account and Region of an environment and makes it the default version, by a StackSet with
# bootstrap/register-type.yaml.
#
#   register.sh ENVIRONMENT s3://BUCKETS-{Region}/KEY.zip
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/settings.sh"

[ $# -eq 2 ] || refuse "usage: register.sh ENVIRONMENT PACKAGE_URL"
environment=$1
known "$environment"
valid "The package" "$2" "s3://$PACKAGE_BUCKETS-\{Region\}/[a-z0-9-]{1,100}-[0-9a-f]{64}\.zip"
[ "$PERMISSION_MODEL" = SELF_MANAGED ] || [ -n "$ORGANIZATIONAL_UNIT" ] || refuse "SERVICE_MANAGED needs an ORGANIZATIONAL_UNIT"
name=dms-s3-endpoint-type-$environment
self=$(call sts get-caller-identity --query '[Account,Arn]' --output text)
owner=$(echo "$self" | cut -f 1)
partition=$(echo "$self" | cut -f 2 | cut -d : -f 2)

# What is registered has the checksum that its key names, whoever uploaded it.
key=${2#"s3://$PACKAGE_BUCKETS-{Region}/"}
hash=$(echo "${key%.zip}" | tail -c 65)
for region in $(targets "$environment" | cut -d ' ' -f 2- | tr -s ' ' '\n' | sort -u); do
  kept=$(call s3api head-object --region "$region" --bucket "$PACKAGE_BUCKETS-$region" --key "$key" --expected-bucket-owner "$owner" \
    --checksum-mode ENABLED --query ChecksumSHA256 --output text)
  kept=$(echo "$kept" | base64 -d 2>/dev/null | od -An -v -tx1 | tr -d ' \n')
  [ "$kept" = "$hash" ] || fail "The package in $region is not the one that its name says: $key"
done

if [ "$PERMISSION_MODEL" = SERVICE_MANAGED ]; then
  model="--permission-model SERVICE_MANAGED --auto-deployment Enabled=false"
else
  model="--permission-model SELF_MANAGED --execution-role-name dms-s3-endpoint-stack-sets
    --administration-role-arn arn:$partition:iam::$owner:role/dms-s3-endpoint-stack-sets-$environment"
fi

stack_set() {
  operation=$1
  shift
  call cloudformation "$operation" --stack-set-name "$name" --call-as "$CALL_AS" "$@"
}

# Waits for an operation; says what went wrong where.
finish() {
  while
    status=$(stack_set describe-stack-set-operation --operation-id "$1" --query StackSetOperation.Status --output text) || exit 1
    [ "$status" = RUNNING ] || [ "$status" = QUEUED ] || [ "$status" = STOPPING ]
  do
    sleep "$POLL_SECONDS"
  done
  if [ "$status" != SUCCEEDED ]; then
    # shellcheck disable=SC2016 # quotation marks of the query
    stack_set list-stack-set-operation-results --operation-id "$1" --query 'Summaries[?Status!=`SUCCEEDED`].[Account,Region,Status,StatusReason]' --output text >&2
    exit 1
  fi
}

parameter() {
  printf '{"ParameterKey": "%s", "ParameterValue": "%s"}' "$1" "$2"
}

# The roles are those of bootstrap/type-roles.yaml in the account of each stack.
put() {
  put=$1
  url=$2
  shift 2
  # shellcheck disable=SC2086 # a list of words
  stack_set "$put" $model --template-body "file://$here/../../bootstrap/register-type.yaml" --parameters \
    "[$(parameter TypeName "$TYPE_NAME"), $(parameter PackageUrl "$url"),
      $(parameter ExecutionRoleArn "$EXECUTION_ROLE"), $(parameter LoggingRoleArn "$LOGGING_ROLE")]" "$@"
}

if ! said=$(stack_set describe-stack-set 2>&1); then
  case $said in
    *StackSetNotFoundException*) put create-stack-set "$2" --query StackSetId --output text >&2 ;;
    *) fail "$said" ;;
  esac
else
  started=$(put update-stack-set "$2" --query OperationId --output text)
  finish "$started"
fi

targets "$environment" | while read -r account regions; do
  there=$(stack_set list-stack-instances --stack-instance-account "$account" --query 'Summaries[].Region' --output text)
  there=" $(echo "$there" | tr '\t' ' ') "
  new=
  for region in $regions; do
    case $there in
      *" $region "*) ;;
      *) new="$new $region" ;;
    esac
  done
  [ -n "$new" ] || continue
  if [ "$PERMISSION_MODEL" = SERVICE_MANAGED ]; then
    where="--deployment-targets OrganizationalUnitIds=$ORGANIZATIONAL_UNIT,Accounts=$account,AccountFilterType=INTERSECTION"
  else
    where="--accounts $account"
  fi
  # shellcheck disable=SC2086
  started=$(stack_set create-stack-instances $where --regions $new --query OperationId --output text)
  finish "$started"
done
