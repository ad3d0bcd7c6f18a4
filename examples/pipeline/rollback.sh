#!/bin/sh
# Makes another version of the type the default in the account and Region that the credentials are for: one by its id, or the one that was
# registered before the default one. Endpoints are not touched.
#
#   rollback.sh VERSION|previous
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/settings.sh"

[ $# -eq 1 ] || refuse "usage: rollback.sh VERSION|previous, where a version has eight digits: 00000001"
valid "The version" "$1" 'previous|[0-9]{8}'

# On its own: a pipe would hide that the call failed.
versions=$(call cloudformation list-type-versions --type RESOURCE --type-name "$TYPE_NAME" \
  --query 'TypeVersionSummaries[].[VersionId,IsDefaultVersion]' --output text)
versions=$(echo "$versions" | sort)
version=$1
if [ "$1" = previous ]; then
  version=$(echo "$versions" | awk '$2 == "True" { print before } { before = $1 }')
  [ -n "$version" ] || refuse "There is no version before the default one."
fi
echo "$versions" | cut -f 1 | grep -qx "$version" || refuse "There is no version $version of $TYPE_NAME here."

call cloudformation set-type-default-version --type RESOURCE --type-name "$TYPE_NAME" --version-id "$version"
echo "$version is the default version of $TYPE_NAME"
