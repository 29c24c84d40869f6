// How words add up to a score (docs/routing.md, "How it works"), seen from outside.
#include <catch2/catch.hpp>

#include <map>

#include "unit/route_text.h"

namespace cascade {
namespace {

using test::Library;
using test::library_of;
using test::query_of;

// Words that no lexicon knows, each in one of many manifests; "quagga" and "zorilla" in the same one.
const char* const odd_words[] = {"axolotl", "bandicoot", "caracal", "dibatag", "echidna", "fossa",  "galago",
                                 "hoatzin", "ibex",      "jerboa",  "kakapo",  "loris",   "margay", "numbat",
                                 "olingo",  "pangolin",  "quokka",  "rhebok",  "serval",  "tenrec"};

class Menagerie {
 public:
  Menagerie() : library_(library_of(text())), router_(library_.router()) {}

  // The score of the manifest of that name; 0: it is not ranked.
  std::uint32_t score(const std::string& prompt, const std::string& name = "striped-things") const {
    const Routing routing = router_.rank(query_of(prompt, 50));
    for (const Match& match : routing.ranked)
      if (library_.registry[match.id].name == name) return match.score;
    return 0;
  }

  // The signals about words that say something, by name: "lead over the second 1000, words 2".
  std::string signals(const std::string& prompt) const {
    std::map<std::string, std::int32_t> found;
    for (const RoutingReport::Signal& signal : router_.explain(query_of(prompt)).signals)
      found[signal.name] = signal.value;
    std::string text;
    for (const auto& [name, value] : found)
      if (name != "score" && name.rfind("idle", 0) != 0 && name.rfind("rare", 0) != 0 && name.rfind("needs", 0) != 0 &&
          value != 0)
        text += (text.empty() ? "" : ", ") + name + " " + std::to_string(value);
    return text;
  }

 private:
  static std::string text() {
    std::string lines = "skill:striped-things | Keeps a quagga near the zorilla. |\nskill:wombat | Digs a vicuna. |\n";
    for (const char* word : odd_words) lines += "skill:keeper-of-" + std::string(word) + " | Feeds it. |\n";
    return lines;
  }

  Library library_;
  Router router_;
};

const Menagerie& zoo() {
  static const Menagerie menagerie;
  return menagerie;
}

}  // namespace

TEST_CASE("words of different places add up, and function words and unknown words add nothing") {
  const std::uint32_t one = zoo().score("quagga"), other = zoo().score("zorilla");
  REQUIRE(one > 0);
  CHECK(zoo().score("quagga zorilla") == one + other);
  CHECK(zoo().score("the quagga of it") == one);
  CHECK(zoo().score("xyzzyplugh quagga") == one);
  CHECK(zoo().score("axolotl") == 0);
}

TEST_CASE("a repeated word counts a tenth more each time, up to three tenths") {
  const std::uint32_t one = zoo().score("quagga");
  const auto share = [&](const std::string& prompt) { return (zoo().score(prompt) * 1000 + one / 2) / one; };
  CHECK(share("quagga quagga") == Approx(1100).margin(1));
  CHECK(share("quagga quagga quagga") == Approx(1200).margin(1));
  CHECK(share("quagga quagga quagga quagga") == Approx(1300).margin(1));
  CHECK(share("quagga quagga quagga quagga quagga") == Approx(1300).margin(1));
}

TEST_CASE("a word that was read as misspelt counts two thirds") {
  CHECK(zoo().score("zorila") * 1000 / zoo().score("zorilla") == Approx(650).margin(1));
}

// Less what the whole file says, which counts more from there on.
TEST_CASE("above fourteen words each counts less") {
  const std::uint32_t one = zoo().score("quagga");
  std::string prompt = "quagga";
  std::uint32_t last = 1001;
  for (int words = 2; words <= 20; ++words) {
    prompt += std::string(" ") + odd_words[words - 2];
    const std::uint32_t expected = words <= 14 ? 1000 : 1000 * 24 / (static_cast<std::uint32_t>(words) + 10);
    INFO(words);
    const std::uint32_t share = zoo().score(prompt) * 1000 / one;
    CHECK(share + 1 >= expected);
    CHECK(share <= expected + (words <= 14 ? 1 : 8 * (words - 14)));
    CHECK(share <= last + 1);
    last = share;
  }
}

TEST_CASE("function words are none of the fourteen") {
  std::string prompt = "quagga";
  for (int words = 2; words <= 14; ++words) prompt += std::string(" and the ") + odd_words[words - 2];
  CHECK(zoo().score(prompt) == zoo().score("quagga"));
}

TEST_CASE("the gate is told what of a prompt the best answer meets") {
  const auto signals = [](const std::string& prompt) { return zoo().signals(prompt); };
  CHECK(signals("quagga zorilla") == "lead over the second 1000, share that the best answers 1000, words 2");
  CHECK(signals("the quagga and 42 of it") == "lead over the second 1000, share that the best answers 1000, words 1");
}

TEST_CASE("a call is worth more than all words, and most where it says the right kind") {
  const std::uint32_t of_kind = zoo().score("/wombat", "wombat"),
                      other_kind = zoo().score("use the wombat command", "wombat");
  CHECK(of_kind > 2'000'000);
  CHECK(of_kind < 2'100'000);
  CHECK(other_kind > 1'000'000);
  CHECK(other_kind < 1'100'000);
  CHECK(zoo().score("use the wombat skill", "wombat") > 2'000'000);
  CHECK(zoo().score("the wombat", "wombat") < 1'000'000);
}

TEST_CASE("what is ruled out by name keeps at most a fifth") {
  const std::uint32_t spoken = zoo().score("vicuna, wombat", "wombat");
  CHECK(zoo().score("vicuna without wombat", "wombat") <= spoken / 5);
  CHECK(zoo().score("vicuna without wombat", "wombat") > 0);
}

TEST_CASE("a share of a name counts by its square, a whole name a fifth of the score") {
  // Of two words of a name one is half of it, where both are equally rare.
  const Library library =
      library_of("skill:quagga-zorilla | Does it. |\nskill:ibex | Does that. |\nskill:serval | Does both. |");
  const Router router = library.router();
  const auto score = [&](const std::string& prompt) { return router.rank(query_of(prompt)).ranked.at(0).score; };
  const double both = score("the quagga zorilla"), one = score("the quagga"), other = score("the zorilla");
  CHECK(one == Approx(other).margin(2));
  CHECK(both / (one + other) == Approx(1.2 / 1.05).margin(0.002));
}

}  // namespace cascade
