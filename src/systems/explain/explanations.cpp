#include "explain/explanations.h"

#include "render/findings.h"
#include "render/parts.h"
#include "render/text_table.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

using comprehension::Burden;
using comprehension::Finding;
using comprehension::Need;
using comprehension::Record;
using comprehension::RecordState;
using comprehension::Report;
using comprehension::Spread;
using comprehension::Weight;
using syntax::JsonWriter;

std::string place_of_finding(const Finding& finding) {
  return unicode::displayable(finding.path) + ':' + std::to_string(finding.line) +
         (finding.column > 0 ? ':' + std::to_string(finding.column) : std::string());
}

std::string finding_text(const Finding& finding, Paint paint) {
  const bool refused = finding.weight == Weight::refused;
  const auto& rule = comprehension::explain_rule(finding.rule);
  std::string out = paint.bold(place_of_finding(finding)) + ' ' +
                    (refused ? paint.red("refused") : paint.faint("note")) + '[' + std::string(rule.id) + "] " +
                    unicode::displayable(finding.message) + '\n';
  if (refused && !finding.help.empty()) out += "  help: " + unicode::displayable(finding.help) + '\n';
  return out;
}

// "12 changed lines need none: 10 documentation, 2 comments"
std::string exempt_text(const Report& report) {
  std::uint64_t sum = 0;
  std::string each;
  for (std::size_t i = 0; i < comprehension::need_count; ++i) {
    if (static_cast<Need>(i) == Need::needed || static_cast<Need>(i) == Need::record || report.lines[i] == 0) continue;
    sum += report.lines[i];
    each += (each.empty() ? "" : ", ") + std::to_string(report.lines[i]) + ' ' +
            std::string(to_string(static_cast<Need>(i)));
  }
  if (report.renamed > 0) each += (each.empty() ? "" : ", ") + count_of(report.renamed, "renamed file");
  return each.empty() ? std::string() : count_of(sum, "changed line") + " need none: " + each + '\n';
}

std::string report_text(const Report& report, const ExplainForce& force, Paint paint) {
  std::string out;
  for (const Finding& finding : report.findings) out += finding_text(finding, paint);
  if (report.needed == 0) {
    out += "nothing here needs an explanation\n";
  } else {
    out += std::to_string(report.covered) + " of " + count_of(report.needed, "changed line") +
           " that need an explanation have one";
    if (report.waived > 0) out += ", " + std::to_string(report.waived) + " of them waived";
    out += '\n';
  }
  out += exempt_text(report);
  for (const RecordState& state : report.records)
    for (const comprehension::Showing& showing : state.showings)
      if (showing.outcome != comprehension::Shown::not_run)
        out += unicode::displayable(showing.path) + ':' + std::to_string(showing.at) + ": `" +
               unicode::displayable(showing.statement.command) + "` " + std::string(to_string(showing.outcome)) +
               " (status " + std::to_string(showing.exit_without) + " without, " + std::to_string(showing.exit_with) +
               " with)\n";
  for (const RecordState& state : report.records)
    out += unicode::displayable(state.record.path) + ": " +
           (state.refused                  ? paint.red("refused")
            : !state.record.waived.empty() ? paint.yellow("waived")
            : state.live == 0              ? paint.faint("explains nothing here")
                                           : paint.green("good")) +
           ", " + count_of(state.live, "hunk") +
           (state.stale > 0 ? ", " + std::to_string(state.stale) + " stale" : "") + '\n';
  if (report.is_refused() && !force.fails)
    out += "mode " + force.mode + ": this would be refused, and is let through\n";
  return out;
}

void put_lines(JsonWriter& json, const Report& report) {
  json.key("changed").number(report.changed).key("needed").number(report.needed);
  json.key("covered").number(report.covered).key("waived").number(report.waived);
  json.key("lines").begin_object();
  for (std::size_t i = 0; i < comprehension::need_count; ++i)
    json.key(to_string(static_cast<Need>(i))).number(report.lines[i]);
  json.end_object().key("renamed").number(report.renamed);
}

void put_measures(JsonWriter& json, const RecordState& state) {
  json.key("passages").objects(state.passages, [&](const comprehension::PassageMeasure& passage) {
    json.key("name").string(passage.name).key("words").number(passage.words);
    json.key("named").number(passage.named).key("overlap").number(passage.overlap);
    json.key("overlaps").string(passage.overlaps);
  });
  json.key("signals").objects(state.signals, [&](const comprehension::Signal& signal) {
    json.key("text").string(signal.text).key("place").string(signal.place);
  });
  json.key("verified").string(state.verified);
}

void put_showings(JsonWriter& json, const RecordState& state) {
  json.key("shown").objects(state.showings, [&](const comprehension::Showing& showing) {
    json.key("hunk").string(showing.id).key("path").string(showing.path).key("line").number(showing.at);
    json.key("command").string(showing.statement.command).key("text").string(showing.statement.text);
    json.key("outcome").string(key_of(showing.outcome)).key("exit_without").number(showing.exit_without);
    json.key("exit_with").number(showing.exit_with).key("why").string(showing.why);
    json.key("output").string(showing.output);
  });
}

void put_record_state(JsonWriter& json, const RecordState& state) {
  json.begin_object().key("path").string(state.record.path).key("id").string(state.record.id);
  json.key("by").string(state.record.by).key("waived").string(state.record.waived);
  json.key("hunks").number(state.live).key("stale").number(state.stale).key("words").number(state.record.words());
  json.key("overlap").number(state.overlap());
  put_measures(json, state);
  put_showings(json, state);
  json.key("refused").boolean(state.refused).end_object();
}

std::string report_json(const Report& report, const ExplainForce& force) {
  JsonWriter json = document("cascade.explain-check/1");
  json.key("base").string(report.base).key("head").string(report.head);
  json.key("mode").string(force.mode).key("refused").boolean(report.is_refused()).key("fails").boolean(force.fails);
  json.key("assisted").string(report.assisted);
  put_lines(json, report);
  json.key("records").array(report.records, [&](const RecordState& state) { put_record_state(json, state); });
  json.key("earlier").number(report.earlier).key("findings").objects(report.findings, [&](const Finding& finding) {
    const auto& rule = comprehension::explain_rule(finding.rule);
    json.key("rule").string(rule.id).key("slug").string(rule.slug);
    json.key("weight").string(finding.weight == Weight::refused ? "refused" : "note");
    json.key("path").string(finding.path).key("line").number(finding.line).key("record").string(finding.record);
    json.key("message").string(finding.message).key("help").string(finding.help);
  });
  return finish(json);
}

FindingsContext findings_context(std::string_view version) {
  FindingsContext context;
  context.version = version;
  context.profile = "cascade";
  for (const auto& rule : comprehension::explain_rules())
    context.more_rules.push_back({rule.id, rule.slug, rule.condition});
  return context;
}

std::string half(std::uint64_t twice) { return std::to_string(twice / 2) + (twice % 2 == 0 ? "" : ".5"); }

void put_spread(JsonWriter& json, std::string_view key, const Spread& spread) {
  json.key(key).begin_object().key("n").number(spread.n).key("minimum").number(spread.least);
  json.key("median").literal(half(spread.twice_median)).key("maximum").number(spread.most);
  json.key("sum").number(spread.sum).end_object();
}

std::string spread_text(const Spread& spread) {
  if (spread.n == 0) return "none";
  return "median " + half(spread.twice_median) + ", " + std::to_string(spread.least) + " to " +
         std::to_string(spread.most) + " (n = " + std::to_string(spread.n) + ")";
}

std::uint64_t exempt_lines(const Report& report) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < comprehension::need_count; ++i) {
    const auto need = static_cast<Need>(i);
    if (need != Need::needed && need != Need::record && need != Need::not_required) sum += report.lines[i];
  }
  return sum;
}

std::string share_text(std::uint64_t part, std::uint64_t of) {
  if (of == 0) return "none";
  return std::to_string(part) + " of " + std::to_string(of) + " (" + std::to_string(part * 100 / of) + " %)";
}

std::uint64_t stale_hunks(const Report& report) {
  std::uint64_t sum = 0;
  for (const RecordState& state : report.records) sum += state.stale;
  return sum;
}

std::uint64_t bound_hunks(const Report& report) {
  std::uint64_t sum = 0;
  for (const RecordState& state : report.records) sum += state.live + state.stale;
  return sum;
}

}  // namespace

std::vector<Diagnostic> diagnostics_of(const Report& report) {
  std::vector<Diagnostic> all;
  for (const Finding& finding : report.findings) {
    Diagnostic& one = all.emplace_back();
    one.severity = finding.weight == Weight::refused ? Severity::error : Severity::info;
    one.rule = finding.rule;
    one.at.path = finding.path;
    one.at.line = one.at.end_line = finding.line;
    one.message = finding.message;
    one.help = finding.help;
    one.fingerprint = std::string(finding.rule) + ':' + finding.path + ':' + finding.message;
  }
  return all;
}

Result<std::string> explain_report(const Report& report, const ExplainForce& force, std::string_view version,
                                   Format format, Paint paint) {
  if (format == Format::text) return report_text(report, force, paint);
  if (format == Format::json) return report_json(report, force);
  const FindingsContext context = findings_context(version);
  if (format == Format::sarif) return findings_sarif(diagnostics_of(report), context);
  if (format == Format::github) {
    std::string out = findings_github(diagnostics_of(report), context);  // its last line counts manifests
    out.erase(out.size() < 2 ? 0 : out.rfind('\n', out.size() - 2) + 1);
    return out + std::to_string(report.covered) + " of " + count_of(report.needed, "changed line") +
           " that need an explanation have one\n";
  }
  return no_format("explain check", format);
}

Result<std::string> explain_list(const std::vector<Record>& records, Format format, Paint paint) {
  if (format == Format::json) {
    JsonWriter json = document("cascade.explain-list/1");
    json.key("records").objects(records, [&](const Record& record) {
      json.key("id").string(record.id).key("path").string(record.path).key("by").string(record.by);
      json.key("assisted").string(record.assisted).key("waived").string(record.waived);
      json.key("hunks").number(record.hunks.size()).key("words").number(record.words());
      if (record.seconds)
        json.key("seconds").number(*record.seconds);
      else
        json.key("seconds").null();
      json.key("reviews").number(record.reviews.size()).key("faults").number(record.faults.size());
    });
    return finish(json);
  }
  if (format != Format::text) return no_format("explain list", format);
  TextTable table;
  table.column("record");
  table.columns({"hunks", "words", "seconds", "reviews"}, Align::right);
  table.column("by");
  for (const Record& record : records)
    table.row({unicode::displayable(record.id), std::to_string(record.hunks.size()), std::to_string(record.words()),
               record.seconds ? std::to_string(*record.seconds) : "-", std::to_string(record.reviews.size()),
               unicode::displayable(record.waived.empty() ? record.by : "waived: " + record.waived)});
  return records.empty() ? "there are no explanations here\n" : table.take(paint);
}

Result<std::string> explain_burden(const Burden& burden, Format format, Paint paint) {
  if (format == Format::json) {
    JsonWriter json = document("cascade.explain-burden/1");
    json.key("records").number(burden.records).key("waived_records").number(burden.waived);
    put_spread(json, "seconds", burden.seconds);
    put_spread(json, "words", burden.words);
    put_spread(json, "reviews", burden.reviews);
    put_spread(json, "review_seconds", burden.review_seconds);
    json.key("base").string(burden.range.base).key("head").string(burden.range.head);
    put_lines(json, burden.range);
    json.key("exempt").number(exempt_lines(burden.range)).key("stale").number(stale_hunks(burden.range));
    json.key("bound").number(bound_hunks(burden.range));
    return finish(json.key("range_records").number(burden.range.records.size()));
  }
  if (format != Format::text) return no_format("explain burden", format);
  TextTable table;
  table.columns({"", ""});
  const Report& range = burden.range;
  table.row({"records", std::to_string(burden.records) + ", " + std::to_string(burden.waived) + " waived"});
  table.row({"seconds to write one", spread_text(burden.seconds)});
  table.row({"words of one", spread_text(burden.words)});
  table.row({"reviews of one", spread_text(burden.reviews)});
  table.row({"seconds of a review", spread_text(burden.review_seconds)});
  table.row({"lines exempt in the range", share_text(exempt_lines(range), range.changed)});
  table.row({"lines explained", share_text(range.covered, range.needed)});
  table.row({"lines waived", share_text(range.waived, range.needed)});
  table.row({"hunks stale", share_text(stale_hunks(range), bound_hunks(range))});
  return table.take(paint) + exempt_text(range);
}

}  // namespace cascade::rendering
