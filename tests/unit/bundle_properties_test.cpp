// What holds for every bundle, over random libraries and budgets. The seed is fixed: a failure names its number.
#include <cascade/bundle.h>

#include <catch2/catch.hpp>
#include <set>

#include "source_folder.h"
#include "unit/bundle_random_library.h"

namespace cascade {
namespace {

using test::Library;
using test::Random;

struct Asked {
  std::vector<Symbol> roots;
  std::uint32_t depth = 0;
  Budget budget;
  std::vector<std::uint32_t> relevance;  // by manifest and section, folded
  bool fills = false;
};

Asked random_request(Random& random, const std::vector<Manifest>& manifests) {
  Asked asked;
  for (std::uint32_t roots = 1 + random.below(2); roots-- > 0;)
    asked.roots.push_back(manifests[random.below(static_cast<std::uint32_t>(manifests.size()))].symbol);
  asked.depth = random.below(4);
  if (!random.one_in(6)) asked.budget.limit.tokens = random.below(400);
  if (random.one_in(3)) asked.budget.limit.chars = random.below(1600);
  if (random.one_in(5)) asked.budget.reserve = {random.below(20), random.below(60)};
  for (int i = 0; i < 7; ++i) asked.relevance.push_back(random.below(1001));
  asked.fills = random.one_in(4);
  return asked;
}

struct Answer {
  Resolution resolution;
  Bundle bundle;
};

Answer answer(const Library& library, const Asked& asked, const std::string& folder = {}) {
  Request request;
  request.roots = asked.roots;
  request.depth = asked.depth;
  BundleRequest wanted;
  wanted.recount = false;  // what is added up is held against the text below
  wanted.resolution = *resolve(library.registry(), request);
  wanted.budget = asked.budget;
  wanted.fills = asked.fills;
  wanted.relevance = [&](ManifestId id, std::uint32_t section) {
    return asked.relevance[(index(id) * 3 + section) % asked.relevance.size()];
  };
  if (!folder.empty()) wanted.folder = [&](ManifestId) { return folder; };
  Bundle bundle = *assemble(library.registry(), wanted, library.counter(), library.reader());
  return {wanted.resolution, std::move(bundle)};
}

// Everything that the bundle says, to be compared between runs.
std::string said(const Library& library, const Bundle& bundle) {
  std::string out = std::to_string(static_cast<int>(bundle.status)) + "\n" + test::pieces_of(library, bundle) + "\n" +
                    test::omissions_of(library, bundle) + "\n" + text(bundle);
  for (const Symbol& symbol : bundle.clash) out += to_string(symbol) + " ";
  out += std::to_string(bundle.min_budget.tokens) + " " + std::to_string(bundle.min_budget.chars) + " " +
         std::to_string(bundle.certificate.value) + " " + std::to_string(bundle.certificate.upper_bound);
  return out;
}

bool fits(std::uint32_t used, std::uint32_t limit, std::uint32_t reserve) {
  return limit == unlimited || std::uint64_t{used} + reserve <= limit;
}

std::string budget_fault(const Library& library, const Bundle& bundle) {
  Cost sum;
  for (const Piece& piece : bundle.pieces) sum += piece.cost;
  const Budget& budget = bundle.budget;
  if (bundle.cost != library.counter().count(text(bundle))) return "the cost is not that of the text";
  if (sum != bundle.cost) return "the pieces' costs do not add up";
  if (!fits(bundle.cost.tokens, budget.limit.tokens, budget.reserve.tokens)) return "too many tokens";
  if (!fits(bundle.cost.chars, budget.limit.chars, budget.reserve.chars)) return "too many chars";
  return {};
}

bool names(const Registry& registry, ManifestId from, ManifestId to) {
  for (const Link& link : registry.links(from))
    if (link.to == to) return true;  // a mention, too: what a line names may have its card
  for (const Span<ManifestId> any : registry.requires_any(from))
    for (const ManifestId member : any)
      if (member == to) return true;
  return false;
}

// No section without its head, no manifest without a referrer in full, no requirement unmet, no conflict.
std::string closure_fault(const Library& library, const Answer& answer) {
  const Registry& registry = library.registry();
  std::set<std::uint32_t> open, full, reached;
  for (const Piece& piece : answer.bundle.pieces) {
    if (piece.form == Form::name) continue;
    if (piece.form == Form::card) open.insert(index(piece.id));
    if (piece.text.find("\nCard only; ") == std::string::npos) full.insert(index(piece.id));
    if (open.count(index(piece.id)) == 0) return "a section stands before its head";
  }
  for (const Selected& selected : answer.resolution.selected) {
    if (selected.distance != 0) continue;
    if (open.count(index(selected.id)) == 0) return "a root is missing";
    reached.insert(index(selected.id));
  }
  for (bool grew = true; grew;) {
    grew = false;
    for (const std::uint32_t from : std::set<std::uint32_t>(reached))
      for (const std::uint32_t to : open)
        if (names(registry, ManifestId{from}, ManifestId{to})) grew = reached.insert(to).second || grew;
  }
  if (reached != open) return "a manifest without a chosen referrer";
  for (const std::uint32_t from : open) {
    for (const ManifestId other : registry.conflicts(ManifestId{from}))
      if (open.count(index(other)) != 0) return "a conflict";
    if (full.count(from) == 0) continue;
    for (const Link& link : registry.links(ManifestId{from}))
      if (link.strength == Strength::required && open.count(index(link.to)) == 0) return "a requirement is not met";
  }
  return {};
}

// Every section of what is taken in full is a piece, or an omission, never both and never lost.
std::string accounting_fault(const Library& library, const Answer& answer) {
  const Registry& registry = library.registry();
  std::set<std::pair<std::uint32_t, std::uint32_t>> in, out;
  const auto full_index = [&](ManifestId id, std::uint32_t section) {
    return registry.section(id, section).shorter_of;
  };
  for (const Piece& piece : answer.bundle.pieces)
    if (piece.form != Form::card && piece.form != Form::name && piece.form != Form::cut)
      in.insert({index(piece.id), full_index(piece.id, piece.section)});
  for (const Omission& omission : answer.bundle.omissions)
    if (omission.form != Form::card && !out.insert({index(omission.id), omission.section}).second)
      return "omitted twice";
  for (const Selected& selected : answer.resolution.selected) {
    if (selected.card_only) continue;
    for (std::uint32_t i = 0; i < registry[selected.id].sections; ++i) {
      const SectionView section = registry.section(selected.id, i);
      if (section.shorter_of != i || section.cost == Cost{}) continue;
      if (in.count({index(selected.id), i}) + out.count({index(selected.id), i}) == 0) return "a section is lost";
    }
  }
  return {};
}

}  // namespace

TEST_CASE("ten thousand random libraries: within the budget, closed, accounted for, the same bytes each time") {
  const TokenCounter counter = TokenCounter::estimating();
  std::uint32_t made = 0, infeasible = 0, conflicts = 0;
  for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
    Random random{seed};
    test::RandomLibrary drawn = test::random_library(random);
    const Asked asked = random_request(random, drawn.manifests);
    const Library library(drawn.manifests, drawn.bodies, counter);
    const Answer first = answer(library, asked);
    INFO("seed " << seed);
    random.shuffle(drawn.manifests);
    const Library shuffled(drawn.manifests, drawn.bodies, counter);
    REQUIRE(said(shuffled, answer(shuffled, asked).bundle) == said(library, first.bundle));
    if (first.bundle.status == PackingStatus::ok) {
      ++made;
      REQUIRE(budget_fault(library, first.bundle) == "");
      REQUIRE(closure_fault(library, first) == "");
      REQUIRE(accounting_fault(library, first) == "");
      REQUIRE(first.bundle.certificate.value <= first.bundle.certificate.upper_bound);
      continue;
    }
    REQUIRE(first.bundle.pieces.empty());
    conflicts += first.bundle.status == PackingStatus::conflict ? 1 : 0;
    if (first.bundle.status != PackingStatus::infeasible) continue;
    ++infeasible;
    Asked enough = asked;
    enough.budget.limit = first.bundle.min_budget;
    REQUIRE(answer(library, enough).bundle.status == PackingStatus::ok);
  }
  CHECK(made > 3000);
  CHECK(infeasible > 500);
  CHECK(conflicts > 50);
}

TEST_CASE("with the exact table the pieces' costs add up, too") {
  auto counter = TokenCounter::open(test::source_folder() + "/share/cascade/o200k.bin");
  if (!counter) {
    WARN("skipped: there is no token table");
    return;
  }
  for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
    Random random{seed};
    test::RandomLibrary drawn = test::random_library(random);
    const Asked asked = random_request(random, drawn.manifests);
    const Library library(drawn.manifests, drawn.bodies, *counter);
    const Answer first = answer(library, asked);
    INFO("seed " << seed);
    if (first.bundle.status == PackingStatus::ok) REQUIRE(budget_fault(library, first.bundle) == "");
  }
}

TEST_CASE("a folder put in anywhere is paid for exactly, though a slash may join what stands before it") {
  auto counter = TokenCounter::open(test::source_folder() + "/share/cascade/o200k.bin");
  if (!counter) {
    WARN("skipped: there is no token table");
    return;
  }
  const std::string replaced = "Read the log.", name = "${CLAUDE_SKILL_DIR}";
  std::uint32_t begun_by_slash = 0, inside = 0;
  for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
    Random random{seed};
    test::RandomLibrary drawn = test::random_library(random);
    const Asked asked = random_request(random, drawn.manifests);
    for (auto& [path, body] : drawn.bodies)
      for (std::size_t at = body.find(replaced); at != std::string::npos; at = body.find(replaced, at))
        body.replace(at, replaced.size(), name);
    const Library library(drawn.manifests, drawn.bodies, *counter);
    const Answer filled = answer(library, asked, seed % 2 == 0 ? "/" : "/a/folder");
    INFO("seed " << seed);
    if (filled.bundle.status != PackingStatus::ok) continue;
    const std::string whole = text(filled.bundle);
    const Budget& budget = asked.budget;
    REQUIRE(filled.bundle.cost == library.counter().count(whole));
    REQUIRE(fits(filled.bundle.cost.tokens, budget.limit.tokens, budget.reserve.tokens));
    REQUIRE(fits(filled.bundle.cost.chars, budget.limit.chars, budget.reserve.chars));
    for (const Piece& piece : filled.bundle.pieces) {
      begun_by_slash += piece.text.front() == '/' ? 1 : 0;
      inside += piece.text.front() != '/' && piece.text.find("/a/folder") != std::string::npos ? 1 : 0;
    }
  }
  CHECK(begun_by_slash > 10);
  CHECK(inside > 50);
}

}  // namespace cascade
