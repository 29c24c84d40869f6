// What stands in place of sections that were cut, and what it costs.
#include <cascade/bundle.h>

#include <catch2/catch.hpp>

#include "manifest/emission.h"
#include "unit/bundle_library.h"

namespace cascade {
namespace {

using test::Library;
using test::pieces_of;

// So many that a mark costs less.
const std::string long_words =
    "words of a text that is longer than the mark that takes its place, so that cutting it saves some of a budget";

}  // namespace

TEST_CASE("a shorter form has a hash of its own, a whole text that of its section") {
  constexpr std::uint64_t hash = 12'345;
  for (const Form whole : {Form::card, Form::lead, Form::section}) CHECK(manifest::hash_of(hash, whole) == hash);
  std::vector<std::uint64_t> seen{hash};
  for (const Form form : {Form::prose, Form::opening, Form::stub, Form::same, Form::third, Form::beginning}) {
    const std::uint64_t own = manifest::hash_of(hash, form);
    CHECK(std::find(seen.begin(), seen.end(), own) == seen.end());
    seen.push_back(own);
  }
}

TEST_CASE("what is shown whole says so, also where the conversation holds its card") {
  const Library library("skill:deploy -> command:ship\n| How.\ncommand:ship\n| Ships it.\n| ## Usage\n| One digest.\n");
  const Bundle card = library.bundle("skill:deploy");
  REQUIRE(card.pieces.back().form == Form::card);
  const Bundle whole = library.bundle("command:ship", unlimited, 0, [&](BundleRequest& request) {
    request.already_loaded = {card.pieces.back().content_hash};
  });
  CHECK(text(whole).find("\nIn full\n") != std::string::npos);
  const Bundle part = library.bundle("command:ship", unlimited, 0, [&](BundleRequest& request) {
    request.already_loaded = {whole.pieces.back().content_hash};
  });
  CHECK(text(part).find("\nIn part\n") != std::string::npos);
}

TEST_CASE("a verification comes with the prose of its procedure where the whole does not fit") {
  const Library library("skill:a\n| A.\n| ## Steps\n| Call the tool.\n|\n| ```\n| tool --one --two\n| " + long_words +
                        "\n| " + long_words + "\n| ```\n|\n| Then wait.\n| ## Verification\n| It is green, " +
                        long_words + "\n");
  const std::uint32_t whole = library.bundle("skill:a").cost.tokens;
  bool together = false;
  for (std::uint32_t tokens = 20; tokens < whole; ++tokens) {
    const std::string pieces = pieces_of(library, library.bundle("skill:a", tokens));
    if (pieces.find("#Verification") == std::string::npos) continue;
    INFO(pieces);
    CHECK((pieces.find("skill:a(prose)") != std::string::npos || pieces.find("#Steps") != std::string::npos));
    together = together || pieces.find("skill:a(prose)") != std::string::npos;
  }
  CHECK(together);
}

TEST_CASE("the mark of a cut that stays is not subtracted from the price of a section behind it") {
  const Library library("skill:a\n| A.\n| ## One\n| " + long_words + " " + long_words + " one\n| ## Two\n| " +
                        long_words + " two\n");
  const auto bundle = [&](std::uint32_t tokens) {
    return library.bundle("skill:a", tokens, 0, [](BundleRequest& request) {
      request.relevance = [](ManifestId, std::uint32_t section) { return section == 2 ? 1000U : 0U; };
      request.shortens = false;
    });
  };
  const std::uint32_t least = bundle(1).min_budget.tokens;
  const Bundle tight = bundle(least);
  REQUIRE(pieces_of(library, tight) == "skill:a(card) skill:a(lead) skill:a(cut)");
  REQUIRE(tight.omissions.size() == 2);
  const std::uint32_t enough = least + tight.omissions[1].shortfall.tokens;
  CHECK(pieces_of(library, bundle(enough)) == "skill:a(card) skill:a(lead) skill:a(cut) skill:a#Two");
}

TEST_CASE("a mark whose cost no index knows is counted when it is packed") {
  const std::string body = "A.\n## One\n" + long_words + "\n## Two\n" + long_words + " two\n";
  const TokenCounter counter = TokenCounter::estimating();
  const auto bundle_within = [&](bool known, std::uint32_t tokens) {
    std::vector<Manifest> manifests = test::manifests_of("skill:a");
    manifests[0].sections = test::sections_of(manifests[0].symbol, body, counter);
    manifests[0].body = counter.count(body);
    for (Section& section : manifests[0].sections)
      if (!known) section.cut_cost = {};
    const Registry registry = Registry::build(manifests);
    BundleRequest wanted;
    Request request;
    request.roots = {manifests[0].symbol};
    wanted.resolution = *resolve(registry, request);
    const auto read = [&](const ManifestView&, const SectionView& section) -> Result<std::string> {
      return body.substr(section.offset, section.length);
    };
    wanted.budget.limit.tokens = tokens;
    return *assemble(registry, wanted, counter, read);
  };
  const std::uint32_t whole = bundle_within(true, unlimited).cost.tokens;
  CHECK(text(bundle_within(true, whole - 1)).find("[cut: ") != std::string::npos);
  CHECK(text(bundle_within(false, whole - 1)) == text(bundle_within(true, whole - 1)));
  const Cost least = bundle_within(true, 1).min_budget;
  CHECK(least.tokens > 1);
  CHECK(bundle_within(false, 1).min_budget == least);
}

}  // namespace cascade
