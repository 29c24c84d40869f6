// Both states are opened as libraries of their own: the work tree as it is, and the same tree with the changed files
// replaced by those of REV. So rights and routes are compared as a client would see them, and a change shows its effect
// wherever it has one.
#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "cli/call.h"
#include "cli/console.h"
#include "cli/environment.h"
#include "cli/opened_library.h"
#include "cli/query_options.h"
#include "cli/validated.h"
#include "cli/verbs.h"
#include "difference/difference.h"
#include "files/tree.h"
#include "git/git_program.h"
#include "route/prompts.h"
#include "system/system.h"
#include "workspace/contents.h"

namespace cascade::cli {
namespace {

constexpr std::uint64_t largest_prompts = 64u << 20;

struct DiffOptions {
  QueryOptions query;
  std::vector<std::string> words;
  std::optional<std::string> prompts;
  std::vector<std::string> fail_on;
};

Result<void> compare_routes(const DiffOptions& options, const OpenedLibrary& before, const OpenedLibrary& after,
                            difference::Difference& difference) {
  if (!options.prompts) return {};
  const auto text = *options.prompts == "-" ? Result<std::string>(read_standard_input(largest_prompts))
                                            : files::DiskTree().read(*options.prompts, largest_prompts);
  if (!text) return text.error();
  const auto prompts = evaluation::read_prompts(*text, *options.prompts);
  if (!prompts) return prompts.error();
  const auto query = make_query(options.query, 1, after.workspace.preferences());
  if (!query) return query.error();
  const auto then = before.workspace.router(), now = after.workspace.router();
  if (!then) return then.error();
  if (!now) return now.error();
  difference::compare_routes(before.registry, *then, after.registry, *now, *prompts, *query, difference);
  return {};
}

// Only a gain of rights fails, and only a manifest that costs more together with all it calls.
bool fails(const DiffOptions& options, const difference::Difference& difference) {
  const auto counts = [&](std::string_view part) {
    return std::ranges::find(options.fail_on, part) != options.fail_on.end();
  };
  const bool heavier = std::ranges::any_of(difference.weights, [](const auto& weight) {
    return weight.all_after.value_or(0) > weight.all_before.value_or(0);
  });
  return (counts("rights") && !difference.gained.empty()) || (counts("routing") && !difference.rerouted.empty()) ||
         (counts("tokens") && heavier);
}

Result<rendering::DifferenceReport> compare(Call& call, const DiffOptions& options, const std::string& root) {
  rendering::DifferenceReport report;
  report.since = options.words.front();
  repository::GitProgram git(git_program());
  auto earlier = earlier_files(git, {root}, report.since);
  if (!earlier) return earlier.error();
  call.step("git");
  const auto after = open_library(call, root);
  if (!after) return after.error();
  const auto before = open_library(call, root, std::move(earlier->files), &*after);
  if (!before) return before.error();
  difference::compare_rights(difference::state_of(before->registry, before->files),
                             difference::state_of(after->registry, after->files), report.difference);
  difference::compare_weights(before->registry, after->registry, report.difference);
  if (const auto routed = compare_routes(options, *before, *after, report.difference); !routed) return routed.error();
  report.failed = fails(options, report.difference);
  return report;
}

}  // namespace

Exit run_diff(Call& call) {
  DiffOptions options;
  Arguments arguments("diff");
  arguments.text("--prompts", options.prompts);
  options.query.declare_kinds(arguments);
  options.query.declare_caution(arguments);
  arguments.list("--fail-on", options.fail_on);
  arguments.words("REV", options.words, 1, 2);
  if (const auto ended = call.read(arguments)) return *ended;
  for (const std::string& part : options.fail_on)
    if (part != "rights" && part != "routing" && part != "tokens" && part != "nothing")
      return call.console().fail(
          misuse("unknown part '" + part + "'", "of --fail-on rights, routing, tokens, or nothing"));
  if (options.fail_on.empty()) options.fail_on = {"rights", "routing"};
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  std::vector<std::string> given = call.options().roots;
  if (options.words.size() > 1) given = {options.words[1]};
  if (given.empty()) given = {"."};
  const auto paths = validated_paths(files::DiskTree(), given);
  if (!paths) return call.console().fail(paths.error());
  if (paths->roots.size() != 1) return call.console().fail(misuse("one library at a time", "cascade diff REV [PATH]"));
  const auto report = compare(call, options, paths->roots.front());
  if (!report) return call.console().fail(report.error());
  return call.console().show(rendering::difference(*report, *format, call.console().paint()),
                             report->failed ? Exit::no : Exit::yes);
}

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group;
constexpr cli::Verb diff_verbs[] = {
    {"diff", Group::check, 60, "say what a change does to rights, routing and tokens", cli::run_diff},
};

}  // namespace

extern const System diff_system = {
    .name = "diff",
    .verbs = {diff_verbs, std::size(diff_verbs)},
};

}  // namespace cascade::core
