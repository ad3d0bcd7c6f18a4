package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.AssumedRoles;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.AskedSettings;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.S3SettingsTranslator;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.TagSet;

/**
 * The resource that an invocation is about: its names, its roles, what it should be, and the two
 * accounts it lives in. The sessions of the accounts are opened when they are first used.
 */
public final class Resource {

  private static final int HASH = 16;

  private final Operation operation;
  private final EndpointNames names;
  private final AssumedRoles roles;
  private DmsAccount dms;
  private DataLakeAccount dataLake;

  /** Creates the resource of an operation. */
  public Resource(Operation operation, EndpointNames names, AssumedRoles roles) {
    this.operation = operation;
    this.names = names;
    this.roles = roles;
  }

  /** Every name and ARN of it. */
  public EndpointNames names() {
    return names;
  }

  /** The roles that are assumed for it. */
  public AssumedRoles roles() {
    return roles;
  }

  /** What the template says. */
  public ResourceModel desired() {
    return operation.desired();
  }

  /**
   * The S3 settings to create the endpoint with: those of the template, and the owner that the
   * bucket must have.
   */
  public S3Settings settings() {
    return S3SettingsTranslator.withOwner(
        operation.desired().getS3Settings(), names.dataLakeAccount());
  }

  /** The tags that the user wants: those of the stack and those of the template. */
  public Map<String, String> tags() {
    return TagSet.desired(operation.request().getDesiredResourceTags(), desired().getTags());
  }

  /** The DMS of the endpoint's account. */
  public DmsAccount dms() {
    if (dms == null) {
      dms =
          operation
              .sessions()
              .dms(
                  roles.dmsRole().orElse(null),
                  names.dmsAccount(),
                  names.endpointArn(),
                  names.roleArn());
    }
    return dms;
  }

  /** The IAM of the data-lake account. */
  public DataLakeAccount dataLake() {
    if (dataLake == null) {
      dataLake =
          operation
              .sessions()
              .dataLake(
                  roles.dataLakeRole().orElseThrow(),
                  names.endpointArn(),
                  names.roleName(),
                  names.policyName());
    }
    return dataLake;
  }

  /** The tags that mark the role and the policy. */
  public Map<String, String> accessMarks() {
    var marks = commonMarks();
    marks.put(Marks.IDENTIFIER, names.endpointIdentifier());
    return marks;
  }

  private Map<String, String> commonMarks() {
    var marks = new TreeMap<String, String>();
    marks.put(Marks.ENDPOINT, names.endpointArn());
    marks.put(Marks.REQUEST, requestMark());
    ownerMark(operation).ifPresent(owner -> marks.put(Marks.OWNER, owner));
    return marks;
  }

  /** The tags that mark the endpoint and say which roles were used. */
  public Map<String, String> endpointMarks() {
    var marks = commonMarks();
    marks.put(Marks.SETTINGS, AskedSettings.encode(desired().getS3Settings()));
    roles.dataLakeRole().ifPresent(arn -> marks.put(Marks.DATA_LAKE_ROLE, Marks.encode(arn)));
    roles.dmsRole().ifPresent(arn -> marks.put(Marks.DMS_ROLE, Marks.encode(arn)));
    Optional.ofNullable(roles.environment()).ifPresent(e -> marks.put(Marks.ENVIRONMENT, e));
    return marks;
  }

  /** Whether tags say that something is part of this resource. */
  public boolean isMarked(Map<String, String> tags) {
    return Marks.areOn(tags, names.endpointArn());
  }

  /** Whether tags say that something was made by this very request. */
  public boolean isOfThisRequest(Map<String, String> tags) {
    return isMarked(tags) && requestMark().equals(tags.get(Marks.REQUEST));
  }

  private String requestMark() {
    var request = operation.request();
    return request.getClientRequestToken() == null
        ? DefaultNames.hash(HASH, request.getStackId(), request.getLogicalResourceIdentifier())
        : DefaultNames.hash(HASH, request.getClientRequestToken());
  }

  /** Says for which resource of which stack a request is; empty outside of a stack. */
  public static Optional<String> ownerMark(Operation operation) {
    var request = operation.request();
    return Optional.ofNullable(request.getStackId())
        .map(stack -> DefaultNames.hash(HASH, stack, request.getLogicalResourceIdentifier()));
  }
}
