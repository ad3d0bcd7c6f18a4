#!/bin/sh
# Sets the type configuration of the account and Region that the credentials are for, from type-configuration/ACCOUNT.json or another file,
# and shows what is set.
#
#   configure.sh [FILE.json]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/settings.sh"

[ $# -le 1 ] || refuse "usage: configure.sh [FILE.json]"
file=${1:-$here/type-configuration/$(aws sts get-caller-identity --query Account --output text).json}
[ -f "$file" ] || refuse "There is no type configuration $file"

aws cloudformation set-type-configuration --type RESOURCE --type-name "$TYPE_NAME" --configuration-alias default \
  --configuration "file://$file" --query ConfigurationArn --output text
aws cloudformation batch-describe-type-configurations \
  --type-configuration-identifiers "Type=RESOURCE,TypeName=$TYPE_NAME,TypeConfigurationAlias=default" \
  --query 'TypeConfigurations[0].Configuration' --output text
