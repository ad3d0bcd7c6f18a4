package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/**
 * Many endpoints of one pair of accounts that are created, listed and deleted at once, in virtual
 * time, by as many operations of CloudFormation side by side and a number of containers.
 *
 * @param endpoints how many
 * @param containers how many there are; more only while all of these are busy
 * @param created how creating them went
 * @param deleted how deleting them went
 * @param listedIn seconds for a list of all of them
 * @param callsOfAList how many calls of it were let through
 * @param left endpoints, roles and policies that were left in the end
 */
record Crowd(
    int endpoints,
    int containers,
    Pass created,
    Pass deleted,
    double listedIn,
    int callsOfAList,
    int left) {

  /** What AWS lets through, as it is asked for in {@link #at}. */
  private static final double PER_SECOND = 5;

  private static final int BURST = 20;

  /** Containers that serve all operations; each is one of the type's Lambda function. */
  static final int CONTAINERS = 20;

  /**
   * One operation on all endpoints.
   *
   * @param calls how many were made for an endpoint, on average
   * @param refused how many of them were throttled
   * @param dms how many calls of DMS were let through for an endpoint
   * @param iam how many writes of IAM
   * @param ready after how many seconds each endpoint's operation had succeeded, in order
   * @param rush the most calls in a second after the first minute, as multiples of the average
   * @param largestContext the largest callback context, in bytes
   */
  record Pass(
      double calls,
      double refused,
      double dms,
      double iam,
      List<Double> ready,
      double rush,
      int largestContext) {

    /** Seconds until the last one. */
    double seconds() {
      return ready.get(ready.size() - 1);
    }

    /** Seconds until the throttle can have let so many through. */
    double limit(int endpoints) {
      return Math.max(1, (Math.max(dms, iam) * endpoints - BURST) / PER_SECOND);
    }
  }

  /** Measures so many at once with AWS's throttling. */
  static Crowd at(int endpoints) {
    return at(endpoints, CONTAINERS);
  }

  /** Measures so many at once with AWS's throttling, in so many containers. */
  static Crowd at(int endpoints, int containers) {
    return measure(
        endpoints,
        containers,
        b -> b.quota("dms", PER_SECOND, BURST).quota("iam", PER_SECOND, BURST));
  }

  /** Measures so many at once without any throttling. */
  static Crowd unthrottled(int endpoints) {
    return measure(endpoints, CONTAINERS, b -> b.noQuota("dms"));
  }

  private static Crowd measure(int endpoints, int containers, Consumer<LocalAwsBuilder> quota) {
    var clock = LocalClock.virtual();
    var habits = LocalAws.builder().propagation(Duration.ZERO).settleTime(Duration.ofSeconds(1));
    quota.accept(habits);
    try (var world = new BenchWorld(clock, habits)) {
      clock.advance(Duration.ofMinutes(5));
      return new Measurement(world, clock, endpoints, containers).run();
    }
  }

  private static final class Measurement {
    private final BenchWorld world;
    private final LocalClock clock;
    private final int endpoints;
    private final OneAtATime time;
    private final int number;
    private final Queue<Provider> containers = new ArrayDeque<>();
    private int largestContext;

    private Measurement(BenchWorld world, LocalClock clock, int endpoints, int number) {
      this.world = world;
      this.clock = clock;
      this.endpoints = endpoints;
      this.number = number;
      this.time = new OneAtATime(clock);
      for (var i = 0; i < number; i++) {
        containers.add(new HandlerProvider(time, line -> {}));
      }
    }

    private Crowd run() {
      var models = IntStream.range(0, endpoints).mapToObj(Measurement::model).toList();
      var created = pass(models, CloudFormation::create);
      requireWhole();
      clock.advance(Duration.ofMinutes(1));
      world.forgetCalls();
      var begun = clock.instant();
      var listed = new ArrayList<Outcome>();
      time.run(List.of(() -> listed.addAll(world.cloudFormation(this::invoke, time).list())));
      var listedIn = secondsSince(begun);
      var callsOfAList = (int) world.calls().stream().filter(call -> !isRefused(call)).count();
      var there = listed.stream().flatMap(page -> page.models().stream()).toList();
      if (there.size() != endpoints) {
        throw new IllegalStateException(there.size() + " of " + endpoints + " were listed");
      }
      clock.advance(Duration.ofMinutes(1));
      var deleted = pass(there, CloudFormation::delete);
      clock.advance(Duration.ofMinutes(1));
      return new Crowd(endpoints, number, created, deleted, listedIn, callsOfAList, world.things());
    }

    private static ObjectNode model(int number) {
      return BenchWorld.model("lake-%04d".formatted(number));
    }

    private interface Work {
      Outcome of(CloudFormation cloudFormation, ObjectNode model);
    }

    private Pass pass(List<ObjectNode> models, Work work) {
      world.forgetCalls();
      largestContext = 0;
      var begun = clock.instant();
      var ready = new ArrayList<Double>();
      time.run(
          models.stream()
              .<Runnable>map(
                  model ->
                      () -> {
                        var outcome = work.of(world.cloudFormation(this::invoke, time), model);
                        if (!outcome.succeeded()) {
                          throw new IllegalStateException(outcome.toString());
                        }
                        ready.add(secondsSince(begun));
                      })
              .toList());
      var calls = world.calls();
      return new Pass(
          (double) calls.size() / models.size(),
          per(models, calls.stream().filter(Measurement::isRefused).count()),
          per(models, calls.stream().filter(c -> isCounted(c, "dms")).count()),
          per(models, calls.stream().filter(c -> isCounted(c, "iam")).count()),
          List.copyOf(ready),
          rush(calls, begun),
          largestContext);
    }

    private static double per(List<ObjectNode> models, long count) {
      return (double) count / models.size();
    }

    private static boolean isRefused(Call call) {
      return call.error() != null && call.error().startsWith("Throttling");
    }

    private static boolean isCounted(Call call, String service) {
      var isRead = call.operation().startsWith("Get") || call.operation().startsWith("List");
      return call.service().equals(service)
          && !isRefused(call)
          && !(service.equals("iam") && isRead);
    }

    private static double rush(List<Call> calls, Instant begun) {
      var bySecond = new TreeMap<Long, Integer>();
      calls.stream()
          .map(call -> Duration.between(begun, call.at()).toSeconds())
          .filter(second -> second >= 60)
          .forEach(second -> bySecond.merge(second, 1, Integer::sum));
      if (bySecond.isEmpty()) {
        return 0;
      }
      var all = bySecond.values().stream().mapToInt(n -> n).sum();
      var most = bySecond.values().stream().mapToInt(n -> n).max().getAsInt();
      return most / ((double) all / (bySecond.lastKey() - 59));
    }

    private double secondsSince(Instant begun) {
      return Duration.between(begun, clock.instant()).toMillis() / 1000.0;
    }

    /** Whichever container has rested for longest; another one where all are busy. */
    private byte[] invoke(String function, byte[] event) {
      var free = containers.poll();
      var container = free == null ? new HandlerProvider(time, line -> {}) : free;
      var answer = container.invoke(function, event);
      containers.add(container);
      largestContext = Math.max(largestContext, BenchWorld.sizeOfContext(answer));
      return answer;
    }

    private void requireWhole() {
      if (world.things() != 3 * endpoints) {
        throw new IllegalStateException(
            "%d endpoints, roles and policies for %d endpoints"
                .formatted(world.things(), endpoints));
      }
    }
  }
}
