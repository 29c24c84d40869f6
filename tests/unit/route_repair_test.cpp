#include <catch2/catch.hpp>

#include "route/tables.h"
#include "unit/route_text.h"

namespace cascade {

using test::first_of;
using test::Library;
using test::library_of;

TEST_CASE("of several words that a misspelt one may be the nearest is meant, wherever it stands") {
  const Library library = library_of(
      "skill:zorbalaak | Zorbalaak. |\nskill:zorbalbbk | Zorbalbbk. |\nskill:zorbalinp | Zorbalinp. |\n"
      "skill:zorbalxxk | Zorbalxxk. |\n");
  CHECK(first_of(library, library.router(), "zorbalink") == "zorbalinp");
}

TEST_CASE(
    "good words are left as they are: contractions, names, words with something before them, short ones without a "
    "vowel") {
  const Library library = library_of(
      "skill:sft | Trains a model on examples of its sft stage. |\nskill:signed | Makes signed and pinned builds. |\n"
      "skill:posix | Keeps a script to posix. |\nskill:time | Measures the time and the whole of a run. |\n");
  const Router router = library.router();
  const auto repaired = [&](const std::string& prompt) {
    Query query;
    query.text = prompt;
    std::string text;
    for (const RoutingReport::Reading& reading : router.explain(query).repaired) text += reading.written + " ";
    return text;
  };
  CHECK(repaired("upload it by sftp").empty());
  CHECK(repaired("is the integer unsigned").empty());
  CHECK(repaired("set up postfix for mails").empty());
  CHECK(repaired("ask Tim about it").empty());
  CHECK(repaired("people who've left").empty());
  CHECK(repaired("make it posxi") == "posxi ");
  CHECK(repaired("check the sigend builds") == "sigend ");
}

TEST_CASE("the letters of a text are a set: one bit for each small letter and digit, none for anything else") {
  std::uint64_t all = 0;
  for (const char c : std::string("abcdefghijklmnopqrstuvwxyz0123456789")) {
    const std::uint64_t bit = route::letters_of({&c, 1});
    CHECK(bit != 0);
    CHECK((bit & (bit - 1)) == 0);
    CHECK((bit & all) == 0);
    all |= bit;
  }
  CHECK(route::letters_of("A-_ \xC3\xA9{`/:@") == 0);
  CHECK(route::letters_of("noon") == route::letters_of("on"));
  CHECK(route::letters_of("k8s") == (route::letters_of("k") | route::letters_of("8") | route::letters_of("s")));
}

TEST_CASE("a manifest is found by its headings") {
  Library library = library_of("skill:first | Helps with work. |\nskill:second | Helps with work. |\n");
  std::vector<Manifest> manifests{test::manifest_of("skill:first"), test::manifest_of("skill:second")};
  for (Manifest& manifest : manifests) manifest.description = "Helps with work.";
  manifests[1].sections[0].form = Form::section;
  manifests[1].sections[0].heading = manifests[1].sections[0].path = "Pollinating orchids";
  library.registry = Registry::build(manifests);
  CHECK(first_of(library, library.router(), "pollinate an orchid") == "second");
}

}  // namespace cascade
