// JSON is cascade.index/1 (docs/formats/index-summary.md).
#include "render/overview.h"

#include "syntax/put.h"
#include "text/names.h"
#include "unicode/utf8.h"
#include "workspace/contents.h"

#include <algorithm>
#include <array>

namespace cascade::rendering {
namespace {

constexpr std::array<Scope, 5> scopes = {Scope::builtin, Scope::plugin, Scope::user, Scope::project, Scope::managed};

// `by_scope`: in the order of `scopes`. A document and a shadowed manifest count in their kind as well.
struct LibraryTally {
  std::uint64_t skills = 0, playbooks = 0, agents = 0, commands = 0, documents = 0, shadowed = 0;
  std::uint64_t sections = 0, tokens = 0, references = 0, unbound = 0;
  std::array<std::uint64_t, scopes.size()> by_scope{};
};

LibraryTally tally(const Registry& registry) {
  LibraryTally tally;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    const ManifestView manifest = registry[id];
    switch (manifest.kind) {
      case Kind::skill: ++tally.skills; break;
      case Kind::agent: ++tally.agents; break;
      case Kind::command: ++tally.commands; break;
    }
    tally.playbooks += manifest.layer == Layer::playbook ? 1 : 0;
    tally.documents += manifest.document ? 1 : 0;
    tally.shadowed += registry.shadowed_in_favour_of(id) ? 1 : 0;
    tally.sections += registry.whole_sections(id);
    tally.tokens += manifest.body.tokens;
    tally.references += registry.links(id).size;
    for (std::size_t scope = 0; scope < scopes.size(); ++scope)
      tally.by_scope[scope] += manifest.scope == scopes[scope] ? 1 : 0;
  }
  tally.unbound = registry.unbound_count();
  return tally;
}

std::string overview_text(const Registry& registry, const Overview& overview, Paint paint) {
  const LibraryTally all = tally(registry);
  const SeverityCounts& problems = overview.problems;
  std::string out = paint.bold(count_of(registry.size(), "manifest")) + ": " + count_of(all.skills, "skill") + " (" +
                    count_of(all.playbooks, "playbook") + "), " + count_of(all.agents, "agent") + ", " +
                    count_of(all.commands, "command") + "\n";
  if (all.documents != 0 || all.shadowed != 0)
    out += "of these " + count_of(all.documents, "document") + ", " + std::to_string(all.shadowed) + " shadowed\n";
  out += count_of(all.sections, "section") + ", " + count_of(all.tokens, "token") +
         (overview.exact ? "" : " by the estimate") + ", " + count_of(all.references, "bound reference") + ", " +
         std::to_string(all.unbound) + " not bound\n";
  out += count_of(problems.error, "error") + ", " + count_of(problems.warning, "warning") + ", " +
         std::to_string(problems.info) + " info " + (overview.judged ? "by all rules" : "found while reading") + "\n";
  out += "read " + std::to_string(overview.report.parsed) + ", unchanged " + std::to_string(overview.report.reused) +
         ", gone " + std::to_string(overview.report.removed);
  const std::string& because = overview.report.rebuilt_because;
  if (!because.empty()) out += " (rebuilt: " + unicode::displayable(because) + ")";
  out += "\n\n" + paint.bold("roots") + "\n";
  TextTable table;
  table.columns({"", ""});
  for (const OverviewRoot& root : overview.roots)
    table.row({root.is_added ? "added" : std::string(to_string(root.scope)), unicode::displayable(root.path)});
  return out + table.take(paint, "  ");
}

void put_counts(syntax::JsonWriter& json, const Registry& registry) {
  const LibraryTally all = tally(registry);
  put_object(json, "manifests", "all", registry.size(), "skills", all.skills, "playbooks", all.playbooks, "agents",
             all.agents, "commands", all.commands, "documents", all.documents, "shadowed", all.shadowed);
  json.key("scopes").begin_object();
  for (std::size_t scope = 0; scope < scopes.size(); ++scope) put(json, to_string(scopes[scope]), all.by_scope[scope]);
  json.end_object();
  put(json, "sections", all.sections, "tokens", all.tokens);
  put_object(json, "references", "bound", all.references, "unbound", all.unbound);
}

std::string overview_json(const Registry& registry, const Overview& overview) {
  const SeverityCounts& problems = overview.problems;
  syntax::JsonWriter json = document("cascade.index/1");
  json.key("roots").objects(
      overview.roots, [&](const OverviewRoot& root) { put(json, "scope", to_string(root.scope), "path", root.path); });
  put_counts(json, registry);
  put(json, "vocabulary", overview.vocabulary, "counted", overview.exact ? "exact" : "estimate");
  put_object(json, "problems", "error", problems.error, "warning", problems.warning, "info", problems.info, "by",
             overview.judged ? "all rules" : "reading");
  put_object(json, "index", "parsed", overview.report.parsed, "reused", overview.report.reused, "removed",
             overview.report.removed, "rebuilt_because", overview.report.rebuilt_because);
  return finish(json);
}

// All marks are four columns wide, so that the names line up.
std::string mark(CheckState state, Paint paint) {
  switch (state) {
    case CheckState::good: return paint.green("ok  ");
    case CheckState::warning: return paint.yellow("note");
    case CheckState::bad: return paint.red("BAD ");
  }
  return "";
}

std::string doctor_text(const std::vector<Check>& checks, Paint paint) {
  std::size_t width = 0;
  for (const Check& check : checks) width = std::max(width, check.name.size());
  std::string out;
  for (const Check& check : checks) {
    out += mark(check.state, paint) + "  " + check.name + std::string(width - check.name.size() + 2, ' ') +
           unicode::displayable(check.detail) + "\n";
    if (!check.help.empty()) out += std::string(width + 8, ' ') + "help: " + unicode::displayable(check.help) + "\n";
  }
  return out;
}

}  // namespace

Overview overview_of(const Workspace& workspace) {
  Overview overview;
  overview.report = workspace.report();
  for (std::uint32_t i = 0; const Root& root : workspace.roots())
    overview.roots.push_back({root.scope, root.path, WorkspaceContents::is_added(workspace, i++)});
  const ProblemCount inside = workspace.registry().count_problems();
  const SeverityCounts outside = count_severities(workspace.problems());
  overview.problems = {inside.errors + outside.error, inside.warnings + outside.warning, inside.notes + outside.info};
  overview.vocabulary = workspace.counter().vocabulary();
  overview.exact = workspace.counter().exact();
  return overview;
}

Result<std::string> overview(const Registry& registry, const Overview& overview, Format format, Paint paint) {
  if (format == Format::text) return overview_text(registry, overview, paint);
  if (format == Format::json) return overview_json(registry, overview);
  return no_format("index", format);
}

constexpr letters::Names<CheckState::bad> check_state_names("good", "warning", "bad");
std::string_view to_string(CheckState state) noexcept { return check_state_names.of(state); }

Result<std::string> doctor(const std::vector<Check>& checks, Format format, Paint paint) {
  if (format == Format::text) return doctor_text(checks, paint);
  if (format != Format::json) return no_format("doctor", format);
  syntax::JsonWriter json = document("cascade.doctor/1");
  json.key("checks").objects(checks, [&](const Check& check) {
    put(json, "name", check.name, "state", to_string(check.state), "detail", check.detail, "help", check.help);
  });
  return finish(json);
}

}  // namespace cascade::rendering
