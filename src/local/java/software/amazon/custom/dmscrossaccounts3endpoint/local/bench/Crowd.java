package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.function.BiFunction;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/**
 * Many endpoints that are created, listed and deleted at once, in virtual time, by as many
 * operations of CloudFormation and a number of containers. DMS throttles as documented: 200 calls
 * at once and 8 a second after that, in each account (DMS User Guide, "AWS DMS quotas").
 */
final class Crowd {
  private static final double PER_SECOND = 8;
  private static final int BURST = 200;

  /**
   * One operation on all endpoints.
   *
   * @param calls calls for each endpoint
   * @param throttled throttled calls for each endpoint
   * @param ready seconds after which each endpoint's operation had succeeded, in order
   * @param limit seconds in which the throttle lets so many calls through
   * @param largestContext bytes of the largest callback context
   */
  record Pass(
      double calls, double throttled, List<Double> ready, double limit, int largestContext) {

    /** Returns the seconds until the last one. */
    double seconds() {
      return ready.get(ready.size() - 1);
    }
  }

  /**
   * The measurement.
   *
   * @param listedIn seconds for a list of the first account's endpoints
   * @param left endpoints, roles and policies that were left in the end
   */
  record Result(Pass created, Pass deleted, double listedIn, int left) {}

  private final LocalClock clock = LocalClock.virtual();
  private final OneAtATime time = new OneAtATime(clock);
  private final Queue<Provider> containers = new ArrayDeque<>();
  private final BenchAws aws;
  private final int accounts;
  private final List<ObjectNode> models = new ArrayList<>();
  private int largestContext;

  private Crowd(int endpoints, int accounts, int containers, boolean throttled) {
    this.accounts = accounts;
    var second = Duration.ofSeconds(1);
    var builder = LocalAws.builder().propagation(Duration.ZERO).settleTime(second);
    this.aws =
        new BenchAws(
            clock,
            throttled ? builder.quota("dms", PER_SECOND, BURST) : builder.noQuota("dms"),
            accounts);
    for (var i = 0; i < endpoints * accounts; i++) {
      models.add(BenchAws.model(i % accounts, "lake-%04d".formatted(i)));
    }
    for (var i = 0; i < containers; i++) {
      this.containers.add(new HandlerProvider(time, line -> {}));
    }
  }

  /** Measures so many endpoints in each of so many accounts. */
  static Result measure(int endpoints, int accounts, int containers, boolean throttled) {
    var crowd = new Crowd(endpoints, accounts, containers, throttled);
    try (crowd.aws) {
      return crowd.run();
    }
  }

  /**
   * Measures crowds.
   *
   * @param sizes endpoints in an account, such as {@code 100}, or in several, such as {@code 12x3}
   */
  static List<List<String>> table(List<String> sizes) {
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of(
            "endpoints",
            "operation",
            "calls each",
            "throttled each",
            "half ready, s",
            "all ready, s",
            "the throttle's own limit, s"));
    for (var size : sizes) {
      var parts = size.split("x");
      var accounts = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
      var result = measure(Integer.parseInt(parts[0]), accounts, 20, true);
      rows.add(row(size, "create", result.created()));
      rows.add(row(size, "delete", result.deleted()));
    }
    return rows;
  }

  private static List<String> row(String size, String operation, Pass pass) {
    return List.of(
        size,
        operation,
        number("%.1f", pass.calls()),
        number("%.1f", pass.throttled()),
        number("%.0f", pass.ready().get(pass.ready().size() / 2)),
        number("%.0f", pass.seconds()),
        number("%.0f", pass.limit()));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private Result run() {
    clock.advance(Duration.ofMinutes(5));
    var created = pass(CloudFormation::create);
    require(aws.resources() == 3 * models.size(), aws.resources() + " resources");
    clock.advance(Duration.ofMinutes(1));
    var begun = clock.instant();
    var listed = new ArrayList<Outcome>();
    time.run(List.of(() -> listed.addAll(cloudFormation(0).list())));
    var listedIn = secondsSince(begun);
    var there = listed.stream().mapToInt(page -> page.models().size()).sum();
    require(there == models.size() / accounts, there + " were listed");
    clock.advance(Duration.ofMinutes(1));
    var deleted = pass(CloudFormation::delete);
    clock.advance(Duration.ofMinutes(1));
    return new Result(created, deleted, listedIn, aws.resources());
  }

  /** Does an operation on all endpoints at once; what it returns is the models of the next one. */
  private Pass pass(BiFunction<CloudFormation, ObjectNode, Outcome> operation) {
    aws.aws().forgetCalls();
    largestContext = 0;
    var begun = clock.instant();
    var ready = new ArrayList<Double>();
    var jobs = new ArrayList<Runnable>();
    for (var i = 0; i < models.size(); i++) {
      var number = i;
      jobs.add(
          () -> {
            var cloudFormation = cloudFormation(number % accounts);
            var outcome = operation.apply(cloudFormation, models.get(number));
            require(outcome.succeeded(), outcome.toString());
            outcome.model().ifPresent(model -> models.set(number, model));
            ready.add(secondsSince(begun));
          });
    }
    time.run(jobs);
    var calls = aws.aws().calls();
    var throttled = calls.stream().filter(Crowd::isThrottled).count();
    var dms = calls.stream().filter(c -> c.service().equals("dms") && !isThrottled(c)).count();
    return new Pass(
        (double) calls.size() / models.size(),
        (double) throttled / models.size(),
        List.copyOf(ready),
        Math.max(1, ((double) dms / accounts - BURST) / PER_SECOND),
        largestContext);
  }

  private static boolean isThrottled(Call call) {
    return call.error() != null && call.error().startsWith("Throttling");
  }

  private double secondsSince(Instant begun) {
    return Duration.between(begun, clock.instant()).toMillis() / 1000.0;
  }

  private CloudFormation cloudFormation(int account) {
    return aws.cloudFormation(account, this::invoke, time);
  }

  /** Invokes the container that has rested longest; a new one where all are busy. */
  private byte[] invoke(String function, byte[] event) {
    var free = containers.poll();
    var container = free == null ? new HandlerProvider(time, line -> {}) : free;
    var answer = container.invoke(function, event);
    containers.add(container);
    var text = new String(answer, StandardCharsets.UTF_8);
    var context = Json.bytes(Json.object(text).path("callbackContext"));
    largestContext = Math.max(largestContext, context.length);
    return answer;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
