package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.s3;

import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** S3, as far as it takes to upload a package in one piece. */
public final class S3Objects {
  private final World world;

  public S3Objects(World world) {
    this.world = world;
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of("PutObject", this::putObject);
  }

  private ObjectNode putObject(Request request) {
    var parameters = request.parameters();
    var name = parameters.text("Bucket").required().value();
    var key = parameters.text("Key").required().length(1, 1024).value();
    var bucket =
        world
            .bucket(name)
            .orElseThrow(
                () -> new AwsFault("NoSuchBucket", 404, "The specified bucket does not exist"));
    var ifNoneMatch = parameters.text("IfNoneMatch").value();
    request.demand(
        "s3:PutObject",
        bucket,
        world.arns().bucket(name) + "/" + key,
        new ContextKeys().with("s3:if-none-match", ifNoneMatch));
    if ("*".equals(ifNoneMatch) && bucket.object(key).isPresent()) {
      throw new AwsFault(
          "PreconditionFailed",
          412,
          "At least one of the pre-conditions you specified did not hold");
    }
    var content = ((BinaryNode) parameters.values().get("Body")).binaryValue();
    world.put(bucket.with(key, content));
    return JsonNodeFactory.instance.objectNode().put("ETag", '"' + md5(content) + '"');
  }

  /** An object's ETag is its MD5 where it was uploaded in one piece (S3 API reference). */
  private static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
