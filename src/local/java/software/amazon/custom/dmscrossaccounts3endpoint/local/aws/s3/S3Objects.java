package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.s3;

import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Bucket;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** S3, as far as a package is uploaded in one piece and its checksum is asked for. */
public final class S3Objects {
  private final World world;

  public S3Objects(World world) {
    this.world = world;
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of("PutObject", this::putObject, "HeadObject", this::headObject);
  }

  private ObjectNode putObject(Request request) {
    var parameters = request.parameters();
    var bucket = bucket(request);
    var key = key(request);
    var ifNoneMatch = parameters.text("IfNoneMatch").value();
    request.demand(
        "s3:PutObject",
        bucket,
        world.arns().bucket(bucket.name()) + "/" + key,
        new ContextKeys().with("s3:if-none-match", ifNoneMatch));
    if ("*".equals(ifNoneMatch) && bucket.object(key).isPresent()) {
      throw new AwsFault(
          "PreconditionFailed",
          412,
          "At least one of the pre-conditions you specified did not hold");
    }
    var content = ((BinaryNode) parameters.values().get("Body")).binaryValue();
    var checksum = parameters.text("ChecksumSHA256").value();
    if (checksum != null && !checksum.equals(sha256(content))) {
      throw new AwsFault(
          "BadDigest", 400, "The SHA256 you specified did not match the calculated checksum.");
    }
    world.put(bucket.with(key, content));
    return described(content);
  }

  /** S3 returns only the checksum of the upload; here every object has its SHA-256. */
  private ObjectNode headObject(Request request) {
    var bucket = bucket(request);
    var key = key(request);
    request.demand(
        "s3:GetObject", bucket, world.arns().bucket(bucket.name()) + "/" + key, new ContextKeys());
    var content = bucket.object(key).orElseThrow(() -> new AwsFault("NotFound", 404, "Not Found"));
    var answer = described(content);
    if ("ENABLED".equals(request.parameters().text("ChecksumMode").value())) {
      answer.put("ChecksumSHA256", sha256(content));
    }
    return answer;
  }

  private Bucket bucket(Request request) {
    var bucket =
        world
            .bucket(request.parameters().text("Bucket").required().value())
            .orElseThrow(
                () -> new AwsFault("NoSuchBucket", 404, "The specified bucket does not exist"));
    var expected = request.parameters().text("ExpectedBucketOwner").value();
    if (expected != null && !expected.equals(bucket.owner())) {
      throw new AwsFault("AccessDenied", 403, "Access Denied");
    }
    return bucket;
  }

  private static String key(Request request) {
    return request.parameters().text("Key").required().length(1, 1024).value();
  }

  /** An object's ETag is its MD5 where it was uploaded in one piece (S3 API reference). */
  private static ObjectNode described(byte[] content) {
    var md5 = HexFormat.of().formatHex(digest("MD5", content));
    return JsonNodeFactory.instance.objectNode().put("ETag", '"' + md5 + '"');
  }

  private static String sha256(byte[] content) {
    return Base64.getEncoder().encodeToString(digest("SHA-256", content));
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
