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
                  ? "%s, account %s, is the type's execution role"
                      .formatted(caller.arn(), caller.account())
                  : "%s, account %s, takes the place of the type as its execution role %s"
                      .formatted(caller.arn(), caller.account(), actor.name())));
    }
    return List.of(
        subject.unknown(
            "%s, account %s, is not the type's execution role and can't assume it: what it may not do says nothing of the type"
                .formatted(caller.arn(), caller.account())));
  }
}
