FROM=${1:-1}
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
FILL=

step() { STEP=$1; [ "$1" -ge "$FROM" ] && echo "== $1. $2"; }
ask() {
  printf '%s [y/N] ' "$1"
  read -r answer
  [ "$answer" = y ] || { echo "stopped; go on with: $0 $STEP"; exit 1; }
}

# change_set STACK TYPE TEMPLATE [OPTIONS]: creates a change set, shows it, and executes it after a y.
# A template of more than 51,200 bytes goes through the S3 bucket BUCKET.
change_set() {
  stack=$1; type=$2; template=$3; shift 3
  name=migrate-$(date +%s)
  if [ "$(wc -c < "$template")" -le 51200 ]; then
    set -- --template-body "file://$template" "$@"
  else
    aws s3 cp "$template" "s3://${BUCKET:?set it to an S3 bucket for templates}/$name" > /dev/null
    set -- --template-url "https://$BUCKET.s3.amazonaws.com/$name" "$@"
  fi
  aws cloudformation create-change-set --stack-name "$stack" --change-set-name "$name" \
    --change-set-type "$type" "$@" > /dev/null
  aws cloudformation wait change-set-create-complete --stack-name "$stack" --change-set-name "$name"
  aws cloudformation describe-change-set --stack-name "$stack" --change-set-name "$name" --output table --query \
    'Changes[].ResourceChange.[Action,LogicalResourceId,ResourceType,Replacement,PolicyAction]'
  for id in $(aws cloudformation describe-change-set --stack-name "$stack" --change-set-name "$name" --output text \
    --query "Changes[?ResourceChange.Action=='Remove'&&ResourceChange.PolicyAction!='Retain'].ResourceChange.LogicalResourceId"); do
    case " $IDS " in
      *" $id "*) echo "stopped: $id would be deleted with its endpoint; step 1 retains it"; exit 1 ;;
    esac
  done
  ask 'Execute it?'
  aws cloudformation execute-change-set --stack-name "$stack" --change-set-name "$name"
  case $type in
    IMPORT) aws cloudformation wait stack-import-complete --stack-name "$stack" ;;
    *) aws cloudformation wait stack-update-complete --stack-name "$stack" ;;
  esac
}

# import_endpoints STACK TEMPLATE RESOURCES [OPTIONS]: imports, without the lines for later.
import_endpoints() {
  stack=$1; template=$2; resources=$3; shift 3
  sed '/ # after the import$/d' "$DIR/$template" > "$WORK/$template"
  sed "$FILL" "$DIR/$resources" > "$WORK/$resources"
  change_set "$stack" IMPORT "$WORK/$template" --resources-to-import "file://$WORK/$resources" "$@"
}

# drift STACK: shows what the endpoints have and the template says otherwise.
drift() {
  id=$(aws cloudformation detect-stack-drift --stack-name "$1" --query StackDriftDetectionId --output text)
  while [ "$(aws cloudformation describe-stack-drift-detection-status --stack-drift-detection-id "$id" \
    --query DetectionStatus --output text)" = DETECTION_IN_PROGRESS ]; do sleep 5; done
  aws cloudformation describe-stack-resource-drifts --stack-name "$1" \
    --stack-resource-drift-status-filters MODIFIED DELETED \
    --query 'StackResourceDrifts[].[LogicalResourceId,PropertyDifferences[].[PropertyPath,ExpectedValue,ActualValue]]'
}

# endpoint IDENTIFIER MEMBER: what DMS has of an endpoint.
endpoint() {
  aws dms describe-endpoints --filters "Name=endpoint-id,Values=$1" --query "Endpoints[0].$2" --output text
}

# fill ID IDENTIFIER: the ARN that the import needs.
fill() { arn=$(endpoint "$2" EndpointArn); FILL="$FILL;s|@$1@|$arn|"; }

# parameter NAME, physical_id ID: what the stack has, as --parameters takes it.
parameter() {
  aws cloudformation describe-stacks --stack-name "$STACK" --output text \
    --query "Stacks[0].Parameters[?ParameterKey=='$1'].ParameterValue" | sed 's/,/\\,/g'
}
physical_id() {
  aws cloudformation describe-stack-resource --stack-name "$STACK" --logical-resource-id "$1" \
    --query StackResourceDetail.PhysicalResourceId --output text
}
