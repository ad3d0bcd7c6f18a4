#!/bin/sh
# Sets the type configuration of the account and Region that the credentials are for, from type-configuration/ACCOUNT.json or another file.
# It may hold external ids, so that nothing of it is printed.
#
#   configure.sh [FILE.json]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/settings.sh"

[ $# -le 1 ] || refuse "usage: configure.sh [FILE.json]"
if [ $# -eq 1 ]; then
  file=$1
else
  account=$(call sts get-caller-identity --query Account --output text)
  file=$here/type-configuration/$account.json
fi
[ -f "$file" ] || refuse "There is no type configuration $file"

call cloudformation set-type-configuration --type RESOURCE --type-name "$TYPE_NAME" --configuration-alias default \
  --configuration "file://$file" --query ConfigurationArn --output text
