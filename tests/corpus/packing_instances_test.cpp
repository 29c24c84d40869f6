// The benchmark's instances with proven optima: ../shared/bench/packing. Where it is not there, the tests say so and
// pass.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "corpus/syntax_corpora.h"
#include "eval/instance.h"
#include "read_text.h"
#include "scratch_folder.h"
#include "syntax/json.h"
#include "unit/budget_oracle.h"
#include "unit/budget_random.h"

namespace cascade::corpus {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string name, text;
  syntax::Node document;
};

fs::path bench() { return shared_folder() + "bench/packing"; }

const std::vector<Case>& cases() {
  static const std::vector<Case> all = [] {
    std::vector<Case> found;
    if (!fs::is_directory(bench() / "dev")) return found;
    syntax::NodeLimits limits;
    limits.bytes = 64 << 20;
    limits.nodes = 4'000'000;
    for (const auto& entry : fs::directory_iterator(bench() / "dev")) {
      const std::string text = test::read_text(entry.path());
      found.push_back({entry.path().stem().string(), text, syntax::parse_json(text, limits).root});
    }
    std::sort(found.begin(), found.end(), [](const Case& a, const Case& b) { return a.name < b.name; });
    return found;
  }();
  if (all.empty()) WARN("skipped: ../shared/bench/packing is not here");
  return all;
}

std::string solved(const std::string& text, std::uint64_t nodes) {
  const auto instance = instance::read_instance(text, "file");
  REQUIRE(instance);
  const auto packing = pack(instance->problem, {nodes, 0});
  REQUIRE(packing);
  if (packing->status == PackingStatus::ok) CHECK(oracle::is_valid(instance->problem, packing->selected));
  return instance::write_solution(*instance, *packing);
}

constexpr std::uint64_t plenty = 100'000;  // what `cascade solve` allows

// The same instance with its manifests, and the lists in them whose order means nothing, in another order.
std::string shuffled(const Case& each, oracle::Random& random) {
  syntax::Node document = each.document;
  auto shuffle = [&](std::vector<syntax::Node>& items) {
    for (std::size_t i = items.size(); i > 1; --i)
      std::swap(items[i - 1], items[random.below(static_cast<std::uint32_t>(i))]);
  };
  auto list = [](syntax::Node& map, std::string_view key) -> syntax::Node& {
    return *const_cast<syntax::Node*>(map.find(key));
  };
  shuffle(list(document, "roots").items);
  shuffle(list(document, "manifests").items);
  for (syntax::Node& manifest : list(document, "manifests").items) {
    shuffle(list(manifest, "refs").items);
    shuffle(list(manifest, "conflicts").items);
    syntax::Node& needs = list(manifest, "requires");
    shuffle(list(needs, "all").items);
    shuffle(list(needs, "any").items);
    for (syntax::Node& any : list(needs, "any").items) shuffle(any.items);
  }
  syntax::JsonWriter json;
  syntax::write_json(json, document);
  return json.take();
}

}  // namespace

TEST_CASE("every benchmark instance is solved to the proven optimum") {
  for (const Case& each : cases()) {
    INFO(each.name);
    const syntax::Node solution = syntax::parse_json(solved(each.text, plenty)).root;
    const syntax::Node& expected = *each.document.find("expected");
    auto said = [](const syntax::Node& map, std::string_view key) {
      const syntax::Node* value = map.find(key);
      return value == nullptr ? std::string() : value->text;
    };
    const bool feasible = said(expected, "status") == "optimal";
    CHECK(said(solution, "status") == (feasible ? "ok" : said(expected, "status")));
    if (const syntax::Node* least = expected.find("min_budget");
        least != nullptr && least->kind == syntax::NodeKind::map) {
      for (const std::string key : {"tokens", "chars"})
        CHECK(said(*solution.find("min_budget"), key) == said(*least, key));
    }
    if (!feasible) continue;
    CHECK(said(solution, "proof") == "optimal");
    for (const std::string key : {"value", "tokens", "chars"}) CHECK(said(solution, key) == said(expected, key));
    if (said(expected, "canonical") != "true") continue;
    std::string ours, theirs;
    for (const syntax::Node& id : solution.find("selected")->items) ours += id.text + '\n';
    for (const syntax::Node& id : expected.find("selected")->items) theirs += id.text + '\n';
    CHECK(ours == theirs);
  }
}

TEST_CASE("the order of manifests and lists in a file changes no byte, and neither does another run") {
  oracle::Random random{7};
  for (const Case& each : cases()) {
    INFO(each.name);
    for (const std::uint64_t nodes : {std::uint64_t{0}, std::uint64_t{40}, plenty}) {
      const std::string once = solved(each.text, nodes);
      CHECK(solved(each.text, nodes) == once);
      CHECK(solved(shuffled(each, random), nodes) == once);
    }
  }
}

TEST_CASE("the benchmark's own checker accepts every solution at every node limit") {
  if (cases().empty()) return;
  if (std::system("python3 --version > /dev/null 2>&1") != 0) {
    WARN("skipped: there is no python3");
    return;
  }
  for (const std::uint64_t nodes : {std::uint64_t{0}, std::uint64_t{10}, std::uint64_t{300}, plenty}) {
    const test::ScratchFolder folder;
    for (const Case& each : cases()) std::ofstream(folder.path + "/" + each.name + ".json") << solved(each.text, nodes);
    const std::string command = "python3 '" + (bench() / "check.py").string() + "' --dir '" +
                                (bench() / "dev").string() + "' --solutions '" + folder.path + "' --strict > /dev/null";
    INFO(nodes << " nodes");
    CHECK(std::system(command.c_str()) == 0);
  }
}

}  // namespace cascade::corpus
