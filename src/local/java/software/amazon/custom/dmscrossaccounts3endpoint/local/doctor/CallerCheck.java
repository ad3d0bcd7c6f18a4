package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;

/** Who runs the doctor, and who takes the type's place. */
record CallerCheck(Examination examination) implements Check {

  @Override
  public List<Finding> findings() {
    var subject = Subject.ofNone("caller");
    var caller = examination.caller();
    var actor = examination.actor();
    if (actor.isTheType()) {
      return List.of(
          subject.ok(
              actor.name().equals(caller.arn())
                  ? "%s is the type's execution role".formatted(caller.arn())
                  : "%s, in the place of the type".formatted(caller.arn())));
    }
    return List.of(
        subject.unknown(
            "%s; the type's execution role %s: what the caller may not do says nothing of the type"
                .formatted(
                    caller.arn(),
                    examination.registration().executionRole().isEmpty()
                        ? "is not known"
                        : "can't be assumed")));
  }
}
