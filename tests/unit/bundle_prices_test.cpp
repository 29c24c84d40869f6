// Prices are true: with so much more budget the section is in, with a token less it is not.
#include <cascade/bundle.h>

#include <catch2/catch.hpp>

#include "unit/bundle_random_library.h"

namespace cascade {
namespace {

using test::Library;
using test::Random;

struct Asked {
  Resolution resolution;
  Budget budget;
};

Bundle packed(const Library& library, const Asked& asked, const Cost& more, std::optional<ManifestId> priced) {
  BundleRequest request;
  request.resolution = asked.resolution;
  request.budget = asked.budget;
  if (request.budget.limit.tokens != unlimited) request.budget.limit.tokens += more.tokens;
  if (request.budget.limit.chars != unlimited) request.budget.limit.chars += more.chars;
  request.relevance = [](ManifestId id, std::uint32_t section) { return (index(id) * 397 + section * 211) % 1001; };
  request.priced = priced;
  return *assemble(library.registry(), request, library.counter(), library.reader());
}

// The head is in, or the section as a whole, or a mark that it stands under another manifest.
bool has(const Bundle& bundle, const Omission& wanted) {
  return std::any_of(bundle.pieces.begin(), bundle.pieces.end(), [&](const Piece& piece) {
    return piece.id == wanted.id && piece.section == wanted.section &&
           (piece.form == wanted.form || piece.form == Form::same);
  });
}

std::vector<Cost> one_less(const Cost& price) {
  std::vector<Cost> less;
  if (price.tokens != 0) less.push_back({price.tokens - 1, price.chars});
  if (price.chars != 0) less.push_back({price.tokens, price.chars - 1});
  return less;
}

std::string price_fault(const Library& library, const Asked& asked, const Omission& omission) {
  const Cost price = omission.shortfall;
  if (price == Cost{}) return {};
  if (!has(packed(library, asked, price, {}), omission)) return "what was promised is not in";
  for (const Cost& less : one_less(price))
    if (has(packed(library, asked, less, {}), omission)) return "less is enough";
  return {};
}

std::string next_fault(const Library& library, const Asked& asked, const Bundle& bundle) {
  if (!bundle.next) return {};
  const NextIn& next = *bundle.next;
  const Bundle then = packed(library, asked, next.more, {});
  bool in = false;
  for (const Piece& piece : then.pieces)
    in = in || (piece.id == next.id && piece.section == next.section && piece.form == next.form);
  if (!in) return "what is next is not in";
  if (then.certificate.value <= bundle.certificate.value) return "what is next is worth nothing";
  for (const Cost& less : one_less(next.more))
    if (packed(library, asked, less, {}).certificate.value > bundle.certificate.value) return "something was nearer";
  return {};
}

}  // namespace

TEST_CASE("a price brings in what it is the price of, over random libraries and budgets") {
  const TokenCounter counter = TokenCounter::estimating();
  std::uint32_t prices = 0, both = 0, other = 0, nexts = 0;  // other: than the room that the section lacks
  for (std::uint64_t seed = 0; seed < 1'500; ++seed) {
    Random random{seed};
    const test::RandomLibrary drawn = test::random_library(random);
    const Library library(drawn.manifests, drawn.bodies, counter);
    Request request;
    request.roots = {drawn.manifests[random.below(static_cast<std::uint32_t>(drawn.manifests.size()))].symbol};
    request.depth = random.below(4);
    Asked asked{*resolve(library.registry(), request), {}};
    asked.budget.limit.tokens = 30 + random.below(200);
    if (random.one_in(3)) asked.budget.limit.chars = 100 + random.below(800);
    if (random.one_in(5)) asked.budget.reserve = {random.below(20), random.below(60)};
    const auto& selected = asked.resolution.selected;
    const ManifestId subject = selected[random.below(static_cast<std::uint32_t>(selected.size()))].id;
    const Bundle bundle = packed(library, asked, {}, subject);
    if (bundle.status != PackingStatus::ok) continue;
    INFO("seed " << seed << " " << test::pieces_of(library, bundle) << "\n" << test::omissions_of(library, bundle));
    const Bundle plain = packed(library, asked, {}, {});
    for (const Omission& omission : bundle.omissions) {
      other +=
          omission.shortfall == plain.omissions[static_cast<std::size_t>(&omission - bundle.omissions.data())].shortfall
              ? 0
              : 1;
      if (omission.id != subject || omission.reason != OmittedFor::budget) continue;
      REQUIRE(price_fault(library, asked, omission) == "");
      prices += omission.shortfall == Cost{} ? 0 : 1;
      both += omission.shortfall.tokens != 0 && omission.shortfall.chars != 0 ? 1 : 0;
    }
    REQUIRE(next_fault(library, asked, bundle) == "");
    nexts += bundle.next ? 1 : 0;
  }
  CHECK(prices > 500);
  CHECK(both > 5);
  CHECK(other > 50);
  CHECK(nexts > 300);
}

TEST_CASE("what is next is named, with what brings it in") {
  const Library library(R"(
    skill:review
    | Read the change first, then read all of it a second time with the tests beside it.
    | ## Notes
    | One thing to know, and another thing to know that is longer than the first, so that a mark in its place costs less
    | than it does itself, which is what makes leaving it out worth while at all in a bundle that has little room.
    | ## Verify
    | The tests pass, and fail when the change is taken back out again, each of them; that is shown for each of the tests
    | by itself, and written down with the command that shows it, for those who come after and ask how it was found out.
)");
  const Cost all = library.bundle("skill:review").cost;
  Asked asked;
  Request request;
  request.roots = {*Symbol::parse("skill:review")};
  asked.resolution = *resolve(library.registry(), request);
  asked.budget.limit.tokens = all.tokens - 1;
  const Bundle bundle = packed(library, asked, {}, library.registry().find(request.roots[0]));
  REQUIRE(bundle.omissions.size() == 1);
  CHECK(bundle.omissions[0].shortfall.tokens >= 1);
  CHECK(bundle.omissions[0].shortfall.tokens <= 8);
  REQUIRE(bundle.next);
  CHECK(bundle.next->more == bundle.omissions[0].shortfall);
  CHECK(library.registry().section(bundle.next->id, bundle.next->section).heading == "Notes");
}

}  // namespace cascade
