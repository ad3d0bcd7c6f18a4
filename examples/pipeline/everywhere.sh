#!/bin/sh
# Runs a command in every account and Region of an environment, as the operator of the type there.
#
#   everywhere.sh ENVIRONMENT COMMAND [ARGUMENT ...]
#   everywhere.sh prod sh rollback.sh previous
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/settings.sh"

[ $# -ge 2 ] || refuse "usage: everywhere.sh ENVIRONMENT COMMAND [ARGUMENT ...]"
environment=$1
shift
known "$environment"
self=$(call sts get-caller-identity --query Arn --output text)
partition=$(echo "$self" | cut -d : -f 2)

# What this script was called with is for the account that it was called in.
targets "$environment" | while read -r account regions; do
  session=$(call sts assume-role --role-arn "arn:$partition:iam::$account:role/dms-s3-endpoint-type-operator" --role-session-name pipeline \
    --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)
  for region in $regions; do
    echo "$account $region" >&2
    (
      AWS_ACCESS_KEY_ID=$(echo "$session" | cut -f 1)
      AWS_SECRET_ACCESS_KEY=$(echo "$session" | cut -f 2)
      AWS_SESSION_TOKEN=$(echo "$session" | cut -f 3)
      AWS_REGION=$region
      AWS_DEFAULT_REGION=$region
      export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_REGION AWS_DEFAULT_REGION
      "$@" </dev/null
    )
  done
done
