// The record: how the references of random registries bind, which manifests shadow others, and what is said of those
// that do not bind.
#include "unit/record.h"
#include "unit/registry_random.h"

using namespace cascade;
using namespace cascade::test;

namespace {

template <typename Ids>
std::string names(const Registry& registry, const std::string& title, const Ids& ids) {
  std::string out;
  for (const ManifestId id : ids) out += (out.empty() ? " " + title : ",") + " " + name_of(registry, id);
  return out;
}

std::string links(const Registry& registry, const Span<Link>& links, bool to) {
  std::string out;
  for (const Link& link : links)
    out += "\n    " + std::string(to ? "-> " : "<- ") + name_of(registry, to ? link.to : link.from) + " " +
           std::string(to_string(link.strength)) + " " + std::string(to_string(link.via)) + " " +
           std::to_string(link.line) + ":" + std::to_string(link.column);
  return out;
}

std::string manifest_line(const Registry& registry, ManifestId id) {
  const ManifestView view = registry[id];
  std::string out = "  " + name_of(registry, id) + " in " + std::string(to_string(view.scope)) + " " +
                    std::to_string(view.root) + " " + std::string(view.path);
  for (const std::string_view alias : registry.aliases(id)) out += " +" + std::string(alias);
  if (const auto winner = registry.shadowed_in_favour_of(id))
    out += " hidden by " + std::string(registry[*winner].path);
  out += names(registry, "hides", registry.shadowed_by(id)) + names(registry, "excludes", registry.conflicts(id));
  for (const Span<ManifestId> any : registry.requires_any(id)) out += names(registry, "needs one of", any);
  for (const Diagnostic& problem : registry.problems(id)) out += ", " + problem.rule;
  return out + links(registry, registry.links(id), true) + links(registry, registry.links_to(id), false) + "\n";
}

std::string faults(const Registry& registry) {
  std::string out;
  for (const Unbound& one : registry.unbound()) {
    out += "  " + name_of(registry, one.from) + " calls " + to_string(one.reference.target) +
           (one.ambiguous ? ", which may be" : ", near");
    for (const Symbol& symbol : one.nearby) out += " " + to_string(symbol);
    out += "\n";
  }
  for (const Diagnostic& problem : registry.problems()) {
    out += "  " + problem.rule + " " + problem.at.path + ":" + std::to_string(problem.at.line) + " " + problem.message +
           "; " + problem.help;
    for (const Related& related : problem.related) out += "; " + related.at.path + " " + related.message;
    out += "\n";
  }
  const ProblemCount count = registry.count_problems();
  return out + "  " + std::to_string(count.problems) + " problems in " + std::to_string(count.files) +
         " files: " + std::to_string(count.errors) + " " + std::to_string(count.warnings) + " " +
         std::to_string(count.notes) + ", " + std::to_string(registry.unbound_count()) + " unbound\n";
}

std::string lookups(const Registry& registry) {
  std::string out;
  for (const char* text : {"linter", "skill:ship", "tools:ship", "kit:review", "a/SKILL.md", "linters", "DEPLOY"})
    out += "  " + std::string(text) + ":" + names(registry, "", registry.candidates(text)) + "\n";
  for (const char* text : {"lintre", "revue", "x", "code-review"}) {
    out += "  " + std::string(text) + " is near";
    for (const Symbol& symbol : registry.nearest(text, Kind::agent, 3)) out += " " + to_string(symbol);
    for (const Symbol& symbol : registry.nearest(text, std::nullopt, 2)) out += " / " + to_string(symbol);
    out += "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("every build binds the references of random registries as recorded") {
  std::string record;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Registry registry = Registry::build(RandomRegistry(seed).manifests());
    record += "registry " + std::to_string(seed) + "\n";
    for (std::uint32_t i = 0; i < registry.size(); ++i) record += manifest_line(registry, ManifestId{i});
    record += faults(registry);
    CHECK(registry.problems(ManifestId{static_cast<std::uint32_t>(registry.size())}).empty());
    if (seed % 4 == 0) record += lookups(registry);
  }
  check_record("registry_answers.txt", record);
}
