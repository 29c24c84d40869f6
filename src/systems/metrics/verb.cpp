// One program of its own reads each repository, one after the other; the figures are made of all of them together.
#include "cli/call.h"
#include "cli/environment.h"
#include "files/tree.h"
#include "metrics/render.h"
#include "metrics/report.h"
#include "text/ascii.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace cascade::cli {
namespace {

constexpr std::uint64_t largest_file = 64u << 20;  // of requests
constexpr std::uint64_t largest_claims = 1u << 20;

struct MetricsOptions {
  std::vector<std::string> repositories;
  std::optional<std::string> since, until, window, forge, claim, branch;
};

// "7d", "2w", or a number of days. Null: neither, or more than ten years.
std::optional<std::uint32_t> days_of(std::string_view text) {
  constexpr std::uint32_t most = 3'660;
  const std::uint32_t factor = !text.empty() && text.back() == 'w' ? 7 : 1;
  if (!text.empty() && (text.back() == 'd' || text.back() == 'w')) text.remove_suffix(1);
  std::uint32_t days = 0;
  if (text.empty() || text.size() > 4) return std::nullopt;
  for (const char c : text) {
    if (!letters::is_digit(c)) return std::nullopt;
    days = days * 10 + static_cast<std::uint32_t>(c - '0');
  }
  days *= factor;
  return days >= 1 && days <= most ? std::optional(days) : std::nullopt;
}

Result<metrics::Question> question_of(const MetricsOptions& options) {
  metrics::Question question;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  question.today = metrics::day_of(std::chrono::duration_cast<std::chrono::seconds>(now).count()).value_or(0);
  if (options.window) {
    const auto days = days_of(*options.window);
    if (!days) return misuse("--window is a number of days, at most ten years", "as in --window 7d");
    question.window = *days;
  }
  for (const auto& [given, into] : {std::pair(&options.since, &question.since), {&options.until, &question.until}}) {
    if (!*given) continue;
    *into = metrics::day_of_date(**given);
    if (!*into) return misuse("'" + **given + "' is no date", "a day in UTC, as in --since 2026-01-31");
  }
  if (question.since && question.until && *question.until < *question.since)
    return misuse("--until is before --since", "both days count");
  return question;
}

Result<metrics::Outside> outside_of(const MetricsOptions& options) {
  metrics::Outside outside;
  const files::DiskTree disk;
  if (options.forge) {
    const auto text = disk.read(*options.forge, largest_file);
    if (!text) return text.error();
    auto requests = metrics::read_forge(*text, *options.forge);
    if (!requests) return requests.error();
    outside.forge = *std::move(requests);
  }
  if (options.claim) {
    const auto text = disk.read(*options.claim, largest_claims);
    if (!text) return text.error();
    outside.claims = metrics::read_claims(*text);
    if (outside.claims->empty())
      return Error{ErrorCode::malformed, "nothing in it claims a figure", *options.claim,
                   "as in: | commits in 7 days | 962 |"};
  }
  return outside;
}

}  // namespace

Exit run_metrics(Call& call) {
  MetricsOptions options;
  Arguments arguments("metrics");
  arguments.text("--since", options.since);
  arguments.text("--until", options.until);
  arguments.text("--window", options.window);
  arguments.text("--branch", options.branch);
  arguments.text("--forge", options.forge);
  arguments.text("--claim", options.claim);
  arguments.words("REPO", options.repositories, 0, 1'000);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto question = question_of(options);
  if (!question) return call.console().fail(question.error());
  const auto outside = outside_of(options);
  if (!outside) return call.console().fail(outside.error());
  if (options.repositories.empty()) options.repositories = {"."};
  std::vector<metrics::History> histories;
  for (const std::string& repository : options.repositories) {
    auto history = metrics::read_history(git_program(), repository, options.branch.value_or(""));
    if (!history) return call.console().fail(history.error());
    histories.push_back(*std::move(history));
    call.step("history");
  }
  const metrics::Report report = metrics::report_of(std::move(histories), *outside, *question);
  call.step("figures");
  const auto text = rendering::metrics_report(report, *format, call.console().paint());
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  if (report.is_incomplete()) {
    call.console().complain("the history is incomplete: what is graded so may be larger than it is shown");
    return Exit::failed;
  }
  for (const auto& one : report.judgements)
    if (one.verdict != metrics::Verdict::holds && one.verdict != metrics::Verdict::in_best_window) return Exit::no;
  return Exit::yes;
}

}  // namespace cascade::cli
