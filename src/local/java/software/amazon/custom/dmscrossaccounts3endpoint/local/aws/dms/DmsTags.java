package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.dms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.DmsFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.DmsRegion;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** DMS's operations on tags of endpoints, replication instances and tasks. */
public final class DmsTags {
  private final World world;

  public DmsTags(World world) {
    this.world = world;
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of(
        "AddTagsToResource", this::add,
        "RemoveTagsFromResource", this::remove,
        "ListTagsForResource", this::list);
  }

  private ObjectNode add(Request request) {
    var parameters = request.parameters();
    var arn = parameters.text("ResourceArn").required().value();
    var tags =
        DmsRules.tags(parameters.requireList("Tags"), world.options().habits().tagCharacters());
    var tagged =
        demanded(request, "dms:AddTagsToResource", arn, new ContextKeys().withRequestTags(tags));
    tagged.replace().accept(DmsRules.merge(tagged.tags(), tags));
    return DmsRules.answer();
  }

  private ObjectNode remove(Request request) {
    var parameters = request.parameters();
    var arn = parameters.text("ResourceArn").required().value();
    var keys = parameters.requireList("TagKeys").texts("TagKeys");
    var tagged =
        demanded(
            request,
            "dms:RemoveTagsFromResource",
            arn,
            new ContextKeys().with("aws:TagKeys", keys));
    var left = new LinkedHashMap<>(tagged.tags());
    keys.forEach(left::remove);
    tagged.replace().accept(left);
    return DmsRules.answer();
  }

  private ObjectNode list(Request request) {
    var parameters = request.parameters();
    var arns = new ArrayList<>(parameters.texts("ResourceArnList"));
    var single = Optional.ofNullable(parameters.text("ResourceArn").value());
    if (single.isEmpty() && arns.isEmpty()) {
      throw DmsFaults.invalidCombination("Either ResourceArn or ResourceArnList must be provided.");
    }
    if (single.isPresent() && !arns.isEmpty()) {
      throw DmsFaults.invalidCombination(
          "ResourceArn and ResourceArnList can't be provided together.");
    }
    var answer = DmsRules.answer();
    var list = answer.putArray("TagList");
    for (var arn : single.map(List::of).orElse(arns)) {
      var tagged = demanded(request, "dms:ListTagsForResource", arn, new ContextKeys());
      seen(request, arn, tagged)
          .forEach(
              (key, value) -> {
                var tag = list.addObject().put("Key", key).put("Value", value);
                // Only a list of resources needs to be told apart.
                if (single.isEmpty()) {
                  tag.put("ResourceArn", arn);
                }
              });
    }
    return answer;
  }

  /** The tags as the copy that answers has them. */
  private Map<String, String> seen(Request request, String arn, DmsRegion.Tagged tagged) {
    var dms = world.dms(request.account(), request.region());
    if (dms.endpoint(arn).isEmpty()) {
      return tagged.tags();
    }
    var moment = world.replica();
    return dms.endpoints(moment).stream()
        .filter(endpoint -> endpoint.arn().equals(arn))
        .findFirst()
        .map(endpoint -> endpoint.tags(moment))
        .orElseThrow(() -> DmsFaults.notFound("Resource " + arn + " not found."));
  }

  private DmsRegion.Tagged demanded(Request request, String action, String arn, ContextKeys keys) {
    var tagged = world.dms(request.account(), request.region()).tagged(arn);
    tagged.ifPresent(t -> keys.withResourceTags(t.conditionKey(), t.tags()));
    request.demand(action, arn, keys);
    return tagged.orElseThrow(() -> DmsFaults.notFound("Resource " + arn + " not found."));
  }
}
