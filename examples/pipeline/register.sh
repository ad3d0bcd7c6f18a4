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
name=dms-s3-endpoint-type-$environment
self=$(aws sts get-caller-identity --query '[Account,Arn]' --output text)
partition=$(echo "$self" | cut -f 2 | cut -d : -f 2)

if [ "$PERMISSION_MODEL" = SERVICE_MANAGED ]; then
  [ -n "$ORGANIZATIONAL_UNIT" ] || refuse "SERVICE_MANAGED needs an ORGANIZATIONAL_UNIT"
  model="--permission-model SERVICE_MANAGED --auto-deployment Enabled=false"
else
  model="--permission-model SELF_MANAGED --execution-role-name dms-s3-endpoint-stack-sets
    --administration-role-arn arn:$partition:iam::$(echo "$self" | cut -f 1):role/dms-s3-endpoint-stack-sets-$environment"
fi

stack_set() {
  call=$1
  shift
  aws cloudformation "$call" --stack-set-name "$name" --call-as "$CALL_AS" "$@"
}

# Waits for an operation; says what went wrong where.
finish() {
  while
    status=$(stack_set describe-stack-set-operation --operation-id "$1" --query StackSetOperation.Status --output text)
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
  call=$1
  url=$2
  shift 2
  # shellcheck disable=SC2086 # a list of words
  stack_set "$call" $model --template-body "file://$here/../../bootstrap/register-type.yaml" --parameters \
    "[$(parameter TypeName "$TYPE_NAME"), $(parameter PackageUrl "$url"),
      $(parameter ExecutionRoleArn "$EXECUTION_ROLE"), $(parameter LoggingRoleArn "$LOGGING_ROLE")]" "$@"
}

if ! said=$(stack_set describe-stack-set 2>&1); then
  case $said in
    *StackSetNotFoundException*) put create-stack-set "$2" --query StackSetId --output text >&2 ;;
    *) echo "$said" >&2 && exit 1 ;;
  esac
else
  operation=$(put update-stack-set "$2" --query OperationId --output text)
  finish "$operation"
fi

targets "$environment" | while read -r account regions; do
  there=" $(stack_set list-stack-instances --stack-instance-account "$account" --query 'Summaries[].Region' --output text | tr '\t' ' ') "
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
  operation=$(stack_set create-stack-instances $where --regions $new --query OperationId --output text)
  finish "$operation"
done
