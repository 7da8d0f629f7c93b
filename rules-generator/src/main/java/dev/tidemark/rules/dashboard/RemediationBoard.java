package dev.tidemark.rules.dashboard;

import static dev.tidemark.rules.dashboard.Boards.orZero;
import static dev.tidemark.rules.dashboard.Boards.own;
import static dev.tidemark.rules.dashboard.Boards.quantile;
import static dev.tidemark.rules.dashboard.Boards.rate;
import static dev.tidemark.rules.dashboard.Boards.rise;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.dashboard.Column.Sort;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.signals.metric.SelfMetrics;
import java.util.List;

/** What the webhook was asked, what it did, what held it back, and what it proved. */
record RemediationBoard() implements Board {
  @Override
  public String file() {
    return "remediation";
  }

  @Override
  public Dashboard of(Fleet fleet) {
    return new Dashboard(
        "tidemark-remediation",
        "Tidemark remediation",
        "What the webhook was asked, what it did, what held it back, and what it proved.",
        "24h",
        Variables.programs(SelfMetrics.EPISODES_OPEN),
        List.of(),
        Boards.LINKS,
        List.of(now(), proved(), steps(), budget(), intake()));
  }

  private static Row now() {
    return Row.of(
        "Now",
        open("firing", "Alerts that fire", "Episodes whose alert fires now."),
        open("running", "Under way", "Executions of playbooks that have not ended."),
        open("waiting_approval", "Wait for approval", "Executions that a person has to approve."),
        Panel.number(
                "Queue",
                "short",
                "Executions that are due and wait for a worker; it should be near nothing.",
                Target.of("", own(SelfMetrics.QUEUE_LENGTH).by("sum", List.of())))
            .scale(Scale.NONE_IS_GOOD),
        Panel.number(
                "Paused",
                "short",
                "Whether an operator holds all steps back.",
                Target.of("", own(SelfMetrics.PAUSED).by("max", List.of())))
            .scale(Scale.PRESENT),
        Panel.number(
            "Evidence",
            "bytes",
            "Bytes of evidence that are kept.",
            Target.of("", own(SelfMetrics.EVIDENCE_BYTES).by("sum", List.of()))));
  }

  private static Panel open(String status, String title, String text) {
    return Panel.number(
        title,
        "short",
        text,
        Target.of(
            "",
            own(SelfMetrics.EPISODES_OPEN, Matcher.equal("status", status)).by("sum", List.of())));
  }

  private static Row proved() {
    Expr inTime = own(SelfMetrics.EPISODES).over("increase", Query.RANGE);
    return Row.of(
        "What was proved",
        Panel.table(
                "Outcomes in the time shown",
                "cured: the slope is gone. recurs: it grows again. inconclusive: nothing proves that it"
                    + " helped. failed, unknown: a person has to look. refused: a policy said no.",
                List.of(Target.of("", inTime.by("sum", List.of("outcome")))),
                List.of(
                    Column.label("outcome", "Outcome"),
                    Column.value('A', "Episodes", "").sorted(Sort.LARGEST_FIRST)))
            .size(8, 9),
        Panel.lines(
                "Episodes by outcome",
                "short",
                "Episodes whose outcome became final, in the time of each point.",
                Target.of("{{outcome}}", rise(own(SelfMetrics.EPISODES), "outcome")))
            .size(16, 9));
  }

  private static Row steps() {
    return Row.of(
        "Steps",
        Panel.lines(
            "Steps by outcome",
            "short",
            "Steps that ended, in the time of each point. unknown: whether it took effect cannot be told.",
            Target.of("{{step}} {{outcome}}", rise(own(SelfMetrics.STEPS), "step", "outcome"))),
        Panel.lines(
            "How long steps take",
            "s",
            "The 99th percentile from a step's intent to its outcome, waiting for retries included.",
            Target.of("{{step}}", quantile(0.99, SelfMetrics.STEP_DURATION, "step"))));
  }

  private static Row budget() {
    return Row.of(
        "Budget",
        Panel.lines(
            "What policies answered",
            "short",
            "run, wait or refuse, by policy: rate-limit, cooldown and give-up-after are the budget.",
            Target.of(
                "{{decision}}: {{reason}}",
                orZero(
                    rise(own(SelfMetrics.DECISIONS), "decision", "reason"),
                    SelfMetrics.QUEUE_LENGTH))),
        Panel.lines(
            "Queue and what is under way",
            "short",
            "Executions that wait for a worker, and those that run or wait for approval.",
            Target.of("queue", own(SelfMetrics.QUEUE_LENGTH).by("sum", List.of())),
            Target.of("{{status}}", own(SelfMetrics.EPISODES_OPEN).by("sum", List.of("status")))));
  }

  private static Row intake() {
    return Row.of(
        "Intake",
        Panel.lines(
                "Notifications by answer",
                "reqps",
                "503: could not be stored, Alertmanager sends it again. 4xx: can never be stored.",
                Target.of("{{code}}", rate(own(SelfMetrics.NOTIFICATIONS), "code")))
            .size(8, 8),
        Panel.lines(
                "Turned away",
                "reqps",
                "Notifications that were refused for good, and those that could not be stored, by reason.",
                Target.of(
                    "refused: {{reason}}", rate(own(SelfMetrics.NOTIFICATIONS_REFUSED), "reason")),
                Target.of(
                    "not stored: {{reason}}",
                    rate(own(SelfMetrics.NOTIFICATIONS_NOT_STORED), "reason")))
            .size(8, 8),
        Panel.lines(
                "How long storing takes",
                "s",
                "99th percentile of the answer to a notification, and of one durable write of the journal.",
                Target.of("answer", quantile(0.99, SelfMetrics.NOTIFICATION_DURATION)),
                Target.of("write", quantile(0.99, SelfMetrics.JOURNAL_SYNC)))
            .size(8, 8),
        Panel.lines(
            "Receipts",
            "reqps",
            "Notifications on disk; duplicates come from Alertmanager's replicas and retries.",
            Target.of("duplicate {{duplicate}}", rate(own(SelfMetrics.RECEIPTS), "duplicate")),
            Target.of("alerts {{status}}", rate(own(SelfMetrics.ALERTS), "status"))),
        Panel.lines(
            "Calls that failed",
            "reqps",
            "Calls of the webhook to others (Alertmanager, Prometheus, pprof, notifiers) that failed.",
            Target.of(
                "{{destination}} {{reason}}",
                orZero(
                    rate(own(SelfMetrics.OUTGOING_FAILURES), "destination", "reason"),
                    SelfMetrics.QUEUE_LENGTH))));
  }
}
