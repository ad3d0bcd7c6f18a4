package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

/** What an update that changes a property does to the resource, in CloudFormation's terms. */
public enum UpdateBehavior {
  NO_INTERRUPTION("No interruption", "update-no-interrupt", ""),
  SOME_INTERRUPTIONS(
      "Some interruptions",
      "update-some-interrupt",
      ": the endpoint is deleted and created again under the same ARN"),
  NO_INTERRUPTION_OR_REPLACEMENT(
      "No interruption or replacement",
      "update-replacement",
      ": the resource is replaced where its account changes"),
  REPLACEMENT("Replacement", "update-replacement", "");

  private static final String USER_GUIDE =
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html#";

  private final String title;
  private final String anchor;
  private final String remark;

  UpdateBehavior(String title, String anchor, String remark) {
    this.title = title;
    this.anchor = anchor;
    this.remark = remark;
  }

  /** The term, for a table. */
  public String title() {
    return title;
  }

  /** The term with a link to what CloudFormation means by it, and with what happens here. */
  String explained() {
    return Markdown.link(title, USER_GUIDE + anchor) + remark;
  }
}
