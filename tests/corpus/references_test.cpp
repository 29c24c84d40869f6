// References found against the answers that were made without this program, per library and form.
#include "corpus/corpora.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "unit/seeded_random.h"

namespace cascade {
namespace {

std::uint32_t number_of(const syntax::Node& map, std::string_view key) {
  return static_cast<std::uint32_t>(std::strtoul(corpora::written(map, key).c_str(), nullptr, 10));
}

bool answers_to(const Registry& registry, ManifestId id, const std::string& name) {
  const ManifestView manifest = registry[id];
  if (manifest.name == name || manifest.title == name) return true;
  const std::vector<std::string_view> aliases = registry.aliases(id);
  return std::find(aliases.begin(), aliases.end(), name) != aliases.end();
}

// Whether a link leads to what the oracle names. Where several manifests have the name the oracle does not say which:
// then it is enough that the name was found, of the right kind or of none.
bool is_found(const corpora::Library& library, const corpora::Entry& entry, const syntax::Node& wanted) {
  const std::string kind = corpora::written(wanted, "to_kind"), name = corpora::written(wanted, "to_name");
  const std::uint32_t line = number_of(wanted, "line");
  if (kind == "mcp_server")
    return std::any_of(entry.manifest.named_tools.begin(), entry.manifest.named_tools.end(),
                       [&](const ToolMention& mention) { return mention.tool.server == name; });
  const std::string path = corpora::written(wanted, "to");
  for (const Link& link : library.registry.links(library.ids.at(entry.path))) {
    const ManifestView to = library.registry[link.to];
    if (link.line == line && to_string(to.kind) == kind &&
        (path.empty() ? answers_to(library.registry, link.to, name)
                      : to.path == path || answers_to(library.registry, link.to, name)))
      return true;
  }
  // A document's references are read and never bound; of several namesakes the oracle does not say which is meant.
  if (!path.empty() && !entry.manifest.document) return false;
  const std::string called = corpora::written(wanted, "called");
  return std::any_of(
      entry.manifest.references.begin(), entry.manifest.references.end(), [&](const Reference& reference) {
        const std::string_view own = to_string(reference.target.kind);
        const bool named = reference.target.name == name || path.find(reference.target.name) != std::string::npos;
        return reference.at.line == line && named && (!reference.kind_known || own == kind || own == called);
      });
}

struct Tally {
  std::size_t found = 0, all = 0;
};

std::string shown(const Tally& tally) {
  if (tally.all == 0) return "";
  return std::to_string(tally.found) + '/' + std::to_string(tally.all);
}

// A link that the oracle does not have, in words.
std::vector<std::string> only_ours(const std::string& corpus, const corpora::Library& library) {
  std::vector<std::string> out;
  for (const corpora::Entry& entry : library.entries) {
    std::set<std::tuple<std::uint32_t, std::string, std::string>> known;  // line, kind, name or path
    if (const syntax::Node* references = entry.oracle.find("references"))
      for (const syntax::Node& wanted : references->items)
        for (std::string_view key : {"to", "to_name"})
          known.emplace(number_of(wanted, "line"), corpora::written(wanted, "to_kind"), corpora::written(wanted, key));
    const std::string text = corpora::read_text(corpora::shared() + "/corpora/" + corpus + '/' + entry.path);
    const syntax::LineIndex lines(text);
    for (const Link& link : library.registry.links(library.ids.at(entry.path))) {
      const ManifestView to = library.registry[link.to];
      const std::string kind(to_string(to.kind));
      bool theirs = known.count({link.line, kind, std::string(to.path)}) +
                        known.count({link.line, kind, std::string(to.title)}) +
                        known.count({link.line, kind, std::string(to.name)}) !=
                    0;
      for (std::string_view alias : library.registry.aliases(link.to))
        theirs = theirs || known.count({link.line, kind, std::string(alias)}) != 0;
      if (theirs) continue;
      std::ostringstream shown;
      shown << corpus << '/' << entry.path << ':' << link.line << ':' << link.column << '\t' << to_string(link.strength)
            << ' ' << to_string(link.via) << ' ' << kind << ':' << to.name << '\t'
            << lines.line(link.line).substr(link.column > 150 ? link.column - 150 : 0, 300);
      out.push_back(shown.str());
    }
  }
  return out;
}

// How many manifests are reached from one over links of at least this strength, itself included.
std::size_t closure(const Registry& registry, ManifestId from, Strength weakest) {
  std::set<ManifestId> seen = {from};
  std::vector<ManifestId> next = {from};
  while (!next.empty()) {
    const ManifestId id = next.back();
    next.pop_back();
    for (const Link& link : registry.links(id))
      if (link.strength <= weakest && seen.insert(link.to).second) next.push_back(link.to);
  }
  return seen.size();
}

}  // namespace

TEST_CASE("what the resolver follows stays small in every library") {
  if (!corpora::present()) {
    WARN("no corpora beside the repository: skipped");
    return;
  }
  for (const std::string& corpus : corpora::names()) {
    const Registry& registry = corpora::library(corpus).registry;
    std::string line = "| " + corpus + " | " + std::to_string(registry.size()) + " |";
    for (Strength weakest : {Strength::invoked, Strength::mentioned}) {
      std::vector<std::size_t> sizes;
      for (std::uint32_t i = 0; i < registry.size(); ++i) sizes.push_back(closure(registry, ManifestId{i}, weakest));
      std::sort(sizes.begin(), sizes.end());
      line += ' ' + std::to_string(sizes[sizes.size() / 2]) + " | " + std::to_string(sizes.back()) + " |";
      if (weakest == Strength::invoked) CHECK(sizes.back() <= 20);
    }
    std::cout << line << '\n';
  }
}

TEST_CASE("what only we find can be sampled for reading") {
  const char* wanted = std::getenv("CASCADE_TEST_SAMPLE");
  if (!corpora::present() || wanted == nullptr) return;
  std::vector<std::string> found;
  for (const std::string& corpus : corpora::names()) {
    std::vector<std::string> more = only_ours(corpus, corpora::library(corpus));
    std::cout << corpus << ": " << more.size() << " links that only we have\n";
    std::move(more.begin(), more.end(), std::back_inserter(found));
  }
  test::SeededRandom random{std::strtoull(wanted, nullptr, 10)};
  for (int i = 0; i < 100 && !found.empty(); ++i) {
    const std::size_t at = random.below(found.size());
    std::cout << "ONLY " << found[at] << '\n';
    found.erase(found.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

TEST_CASE("95 % of the oracle's references are found, in every library") {
  if (!corpora::present()) {
    WARN("no corpora beside the repository: skipped");
    return;
  }
  const char* misses = std::getenv("CASCADE_TEST_MISSES");
  std::map<std::string, std::map<std::string, Tally>> table;  // by form, then library
  for (const std::string& corpus : corpora::names()) {
    const corpora::Library& library = corpora::library(corpus);
    for (const corpora::Entry& entry : library.entries) {
      const syntax::Node* references = entry.oracle.find("references");
      if (references == nullptr) continue;
      for (const syntax::Node& wanted : references->items) {
        std::string via = corpora::written(wanted, "via");
        via = via.substr(0, via.find(':'));
        const bool found = is_found(library, entry, wanted);
        for (const std::string& column : {corpus, std::string("all")})
          for (const std::string& row : {via, std::string("all")}) {
            table[row][column].all += 1;
            table[row][column].found += found ? 1 : 0;
          }
        if (!found && misses != nullptr)
          std::cout << "MISS " << corpus << '\t' << via << '\t' << corpora::written(wanted, "ctx") << '\t' << entry.path
                    << ':' << number_of(wanted, "line") << '\t' << corpora::written(wanted, "to_kind") << ':'
                    << corpora::written(wanted, "to_name") << '\t' << corpora::written(wanted, "to")
                    << corpora::written(wanted, "targets") << '\n';
      }
    }
  }
  std::vector<std::string> columns = corpora::names();
  columns.push_back("all");
  const std::string page = corpora::read_text(std::string(CASCADE_SOURCE_DIR) + "/docs/measurements.md");
  for (auto& [via, row] : table) {
    std::string line = "| " + via + " |";
    for (const std::string& column : columns) line += ' ' + shown(row[column]) + (row[column].all == 0 ? "|" : " |");
    std::cout << line << '\n';
    INFO(line);
    if (via == "all") CHECK(page.find(line + '\n') != std::string::npos);  // docs/measurements.md shows this row
  }
  for (const std::string& column : columns) {
    INFO(column);
    const Tally tally = table["all"][column];
    CHECK(tally.found * 100 >= tally.all * 95);
  }
}

}  // namespace cascade
