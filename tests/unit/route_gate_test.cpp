#include <catch2/catch.hpp>

#include <algorithm>
#include <tuple>

#include "route/answer/answer.h"
#include "unit/route_shipped_skill.h"
#include "unit/route_text.h"

namespace cascade {
namespace {

using test::Library;
using test::library_of;
using test::query_of;

const char* const trade = R"(
skill:kubernetes-deploy | Rolls a service out to a Kubernetes cluster. Use when a deployment has to reach pods. | ship to the cluster
skill:systematic-debugging | Finds the cause of a bug. Use when a test fails or a program does what it should not. | find this bug
skill:code-review | Reviews a change before it is merged. Use when a pull request is open. | review my pull request
skill:release-notes | Writes the changelog of a release from its commits. | what changed since the last version
agent:postgres-expert | Tunes PostgreSQL queries, indexes and schemas. |
)";

std::string decision(const Router& router, const std::string& prompt) {
  return std::string(to_string(router.rank(query_of(prompt)).decision));
}

}  // namespace

TEST_CASE("tasks of the trade are answered") {
  const Library library = library_of(trade);
  const Router router = library.router();
  for (const char* prompt : {"review my pull request", "deploy this to kubernetes",
                             "why does this test fail? find the bug", "tune this postgres query"})
    CHECK(std::string(prompt) + ": " + decision(router, prompt) != std::string(prompt) + ": silence");
  CHECK(decision(router, "write the release notes for v2") == "load");
}

TEST_CASE("a few concepts in a long text are an accident, in a short one they say what it is about") {
  const auto is_of_the_trade = [](std::uint16_t concepts, std::uint16_t words) {
    route::EntryRecord entry;
    entry.expressed = concepts;
    entry.telling = words;
    return route::is_of_the_trade(entry);
  };
  CHECK(is_of_the_trade(3, 12));
  CHECK(is_of_the_trade(1, 5));
  CHECK(is_of_the_trade(7, 300));
  CHECK_FALSE(is_of_the_trade(5, 300));
  CHECK_FALSE(is_of_the_trade(6, 39));
}

TEST_CASE("messages of the host are met with silence") {
  const Library library = library_of(trade);
  const Router router = library.router();
  for (const char* prompt :
       {"<task-notification>\n<summary>review of the pull request finished</summary>\n</task-notification>",
        "<local-command-stdout>deployed to kubernetes</local-command-stdout>", "[Request interrupted by user]",
        "<system-reminder>code review</system-reminder>"})
    CHECK(decision(router, prompt) == "silence");
}

TEST_CASE("chat, sums, questions of life and small edits are met with silence") {
  const Library library = library_of(trade);
  const Router router = library.router();
  for (const char* prompt :
       {"thanks!", "yes, do it", "what is 12 * 30", "who painted this old picture", "recipe for pancakes",
        "how long do i boil potatoes", "rename this variable to total", "set the port to 8081", "git status", "",
        "tell me a joke about databases", "my cat is called Kubernetes"})
    CHECK(std::string(prompt) + ": " + decision(router, prompt) == std::string(prompt) + ": silence");
}

TEST_CASE("a question about what is or may be done in this project is met with silence, a request is not") {
  const Library library = library_of(trade);
  const Router router = library.router();
  CHECK(decision(router, "do we deploy on fridays?") == "silence");
  for (const char* prompt : {"deploy this to kubernetes on friday", "can you deploy this to kubernetes on friday?",
                             "can we deploy this to kubernetes today? check it"})
    CHECK(std::string(prompt) + ": " + decision(router, prompt) != std::string(prompt) + ": silence");
}

TEST_CASE("more caution never speaks where less is silent") {
  const Library library = library_of(trade);
  const Router router = library.router();
  for (const char* prompt :
       {"review", "the query", "bug", "review my pull request", "something about clusters", "postgres", "a release"}) {
    int spoken[3] = {0, 0, 0};
    const Caution cautions[] = {Caution::low, Caution::normal, Caution::high};
    for (int i = 0; i < 3; ++i) {
      Query query = query_of(prompt);
      query.caution = cautions[i];
      const Decision given = router.rank(query).decision;
      spoken[i] = given == Decision::silence ? 0 : given == Decision::offer ? 1 : 2;
    }
    CHECK(spoken[0] >= spoken[1]);
    CHECK(spoken[1] >= spoken[2]);
  }
}

TEST_CASE("caution is written as a word") {
  CHECK(parse_caution("low") == Caution::low);
  CHECK(parse_caution("normal") == Caution::normal);
  CHECK(parse_caution("high") == Caution::high);
  CHECK_FALSE(parse_caution("none"));
}

TEST_CASE("a prompt in another language is offered something sooner and loads something later") {
  route::Signals english, other;
  english.taught = other.taught = true;
  other.translated = true;
  for (const Caution caution : {Caution::low, Caution::normal, Caution::high}) {
    CHECK(route::thresholds(other, caution).offer < route::thresholds(english, caution).offer);
    CHECK(route::thresholds(other, caution).load > route::thresholds(english, caution).load);
  }
}

TEST_CASE("every signal moves the gate one way only") {
  route::Signals signals;
  signals.top = 64 * 14;
  const std::int32_t before = route::points(signals);
  const auto after = [&](std::uint32_t route::Signals::*member, std::uint32_t value) {
    route::Signals changed = signals;
    changed.*member = value;
    return route::points(changed);
  };
  CHECK(after(&route::Signals::top, 64 * 15) > before);
  CHECK(after(&route::Signals::met, 500) > before);
  CHECK(after(&route::Signals::phrases, 1) > before);
  CHECK(after(&route::Signals::lead, 500) > before);
  CHECK(after(&route::Signals::words, 6) > after(&route::Signals::words, 3));
  CHECK(after(&route::Signals::aside, 80) == before - 80);
  CHECK(after(&route::Signals::everyday, 1) < before);
  CHECK(after(&route::Signals::small_talk, 1) < before);
  CHECK(after(&route::Signals::errand, 1) < before);
  CHECK(after(&route::Signals::question, 1) < before);
  CHECK(after(&route::Signals::definition, 1) < before);
  CHECK(after(&route::Signals::fact, 1) < before);
}

TEST_CASE("a signal has its full say at its bounds") {
  using route::Signals;
  struct Bound {
    bool taught;
    std::uint32_t Signals::*signal;
    std::uint32_t most;
  };
  const Bound bounds[] = {{false, &Signals::phrases, 4},  {false, &Signals::words, 6},
                          {false, &Signals::everyday, 4}, {false, &Signals::errand, 3},
                          {false, &Signals::question, 3}, {false, &Signals::small_talk, 3},
                          {true, &Signals::words, 8}};
  for (const Bound& bound : bounds) {
    const auto points_at = [&](std::uint32_t value) {
      Signals signals;
      signals.taught = bound.taught;
      signals.ahead = 300;  // so that many words are no doubt
      signals.*bound.signal = value;
      return route::points(signals);
    };
    CHECK(points_at(bound.most - 1) != points_at(bound.most));
    CHECK(points_at(bound.most) == points_at(bound.most + 1));
    CHECK(points_at(bound.most) == points_at(1'000));
  }
}

TEST_CASE("need and idle talk are signals with bounds on both sides") {
  const auto at = [](bool taught, std::int32_t route::Signals::*signal, std::int32_t value) {
    route::Signals signals;
    signals.taught = taught;
    signals.*signal = value;
    return route::points(signals);
  };
  for (const auto& [taught, signal, least, most] :
       {std::tuple{true, &route::Signals::need, -768, 2048}, std::tuple{true, &route::Signals::idle, -1024, 512},
        std::tuple{false, &route::Signals::idle, -768, -128}, std::tuple{false, &route::Signals::need, -768, 1500}}) {
    CHECK(at(taught, signal, least) == at(taught, signal, least - 100));
    CHECK(at(taught, signal, least) != at(taught, signal, least + 100));
    CHECK(at(taught, signal, most) == at(taught, signal, most + 100));
    CHECK(at(taught, signal, most) != at(taught, signal, most - 100));
  }
}

TEST_CASE("the sum of the signals and the lead decide, and a call decides alone") {
  using route::Signals;
  for (const bool taught : {false, true}) {
    for (const Caution caution : {Caution::low, Caution::normal, Caution::high}) {
      Signals signals;
      signals.taught = taught;
      signals.words = 3;
      const route::Thresholds from = route::thresholds(signals, caution);
      signals.lead = from.lead;
      signals.ahead = static_cast<std::int32_t>(from.lead);
      std::uint32_t Signals::*strength = taught ? &Signals::spoken : &Signals::top;
      bool seen[3] = {};
      for (signals.*strength = 0; signals.*strength < 2'000; ++(signals.*strength)) {
        const std::int32_t sum = route::points(signals);
        const Decision expected = sum < from.offer  ? Decision::silence
                                  : sum < from.load ? Decision::offer
                                                    : Decision::load;
        REQUIRE(route::decide(signals, caution) == expected);
        seen[static_cast<int>(expected)] = true;
      }
      CHECK((seen[0] && seen[1] && seen[2]));
      --signals.lead;
      --signals.ahead;
      CHECK(route::decide(signals, caution) == Decision::offer);
      signals.*strength = 0;
      CHECK(route::decide(signals, caution) == Decision::silence);
      signals.called = 1;
      CHECK(route::decide(signals, caution) == Decision::load);
    }
  }
}

TEST_CASE("a library's own prompts say from which sum a load is right, where lessons do not cover it") {
  route::Signals signals;
  const std::int32_t usual = route::thresholds(signals, Caution::normal).load;
  signals.load_from = {1, 2, route::not_shown};
  CHECK(route::thresholds(signals, Caution::low).load == 1);
  CHECK(route::thresholds(signals, Caution::normal).load == 2);
  CHECK(route::thresholds(signals, Caution::high).load > usual);
  signals.taught = true;
  CHECK(route::thresholds(signals, Caution::normal).load != 2);
}

TEST_CASE("a lead that is none counts as none") {
  route::Signals signals;
  signals.taught = true;
  signals.ahead = -5;
  CHECK(route::lead_of(signals) == 0);
  signals.ahead = 5;
  CHECK(route::lead_of(signals) == 5);
  signals.taught = false;
  signals.lead = 7;
  CHECK(route::lead_of(signals) == 7);
}

TEST_CASE("the more a prompt is like idle talk, the fewer points it has, in any library") {
  for (const bool taught : {false, true}) {
    route::Signals signals;
    signals.taught = taught;
    signals.idle = -1200;
    std::int32_t before = route::points(signals);
    for (signals.idle = -1100; signals.idle <= 1200; signals.idle += 100) {
      CHECK(route::points(signals) <= before);
      before = route::points(signals);
    }
    signals.idle = -1200;
    CHECK(route::points(signals) > before);
  }
}

TEST_CASE("a word of the library's own says more of a prompt than one of the trade") {
  const Library library = library_of(trade);
  const Router router = library.router();
  const auto share_met = [&](const std::string& prompt) {
    for (const RoutingReport::Signal& signal : router.explain(query_of(prompt)).signals)
      if (signal.name == "share that the best answers") return signal.value;
    return 0;
  };
  // "project" is a word of the trade that nothing here has.
  CHECK(share_met("kubernetes project") > 500);
}

TEST_CASE("a task is no small talk, however many concepts it has, and a question about the program is") {
  const Library library = library_of(trade);
  const Router router = library.router();
  const auto small_talk = [&](const std::string& prompt) {
    for (const RoutingReport::Signal& signal : router.explain(query_of(prompt)).signals)
      if (signal.name == "small talk") return signal.value;
    return 0;  // signals that say nothing are not listed
  };
  CHECK(small_talk("deploy this to kubernetes, review my pull request and find the bug in the failing test") == 0);
  CHECK(small_talk("hello, what can you do?") > 0);
}

TEST_CASE("each sort of idle prompt counts for its own signal") {
  const Library library = library_of("skill:zorilla | Keeps it. |\n");
  const Router router = library.router();
  const std::vector<std::string> all = {"small talk", "a small edit or a shell line", "a question about something else",
                                        "asks for a definition", "asks for a fact of this project"};
  for (const auto& [prompt, name] : std::vector<std::pair<std::string, std::string>>{
           {"hello", all[0]},
           {"go ahead", all[0]},
           {"what can you do", all[0]},
           {"fix the typo in the readme", all[1]},
           {"git fetch", all[1]},
           {"square root of 81", all[2]},
           {"who painted the ceiling", all[2]},
           {"bake potatoes for dinner tonight, what should i cook", all[2]},
           {"definition of idempotence", all[3]},
           {"can i deploy this on friday?", all[4]},
           {"are we allowed to use tabs", all[4]},
           {"which port does the mock use", all[4]},
           {"who wrote this function", all[4]},
           {"can you deploy this on friday?", ""},
           {"can we release on monday, please check", ""}}) {
    INFO(prompt);
    std::string counted;
    for (const RoutingReport::Signal& signal : router.explain(query_of(prompt)).signals)
      if (std::find(all.begin(), all.end(), signal.name) != all.end() && signal.value > 0)
        counted += (counted.empty() ? "" : ", ") + signal.name;
    CHECK(counted == name);
  }
}

TEST_CASE("where lessons cover manifests, the lead of the first is its lead over the next of them") {
  const auto lead_among = [](const std::string& more) {
    const Library library =
        library_of(test::shipped_skill("generated-code-review") + test::shipped_skill("workflow-hardening") + more);
    const RoutingReport report = library.router().explain(query_of("review this generated code for invented APIs"));
    REQUIRE_FALSE(report.learned.empty());
    return report.lead;
  };
  const std::uint32_t lead = lead_among("");
  CHECK(lead > 0);
  CHECK(lead < 100'000);  // over another manifest, not over nothing
  CHECK(lead_among("skill:zebra-care | Keeps zebras striped. Use when a zebra is pale. |\n") == lead);
}

TEST_CASE("behind a mark a space ends a name, and so does a clause") {
  const Library library = library_of("command:swarm | |\ncommand:swarm-status | |\n");
  const Router router = library.router();
  CHECK(test::first_of(library, router, "/swarm status") == "swarm");
  CHECK(test::first_of(library, router, "/swarm, status of the build unknown") == "swarm");
}

TEST_CASE("of many words some belong to a manifest by accident: few that sound like work need a clear lead") {
  const auto doubt_of = [](std::uint32_t words, std::int32_t need, std::int32_t ahead) {
    route::Signals signals;
    signals.words = words;
    signals.need = need;
    signals.ahead = ahead;
    return route::doubt_of_many_words(signals);
  };
  CHECK(doubt_of(15, 330, 22) > 0);    // a knitting pattern that has a "pattern" to run by
  CHECK(doubt_of(9, 330, 22) == 0);    // a short request has no word too many
  CHECK(doubt_of(15, 500, 22) == 0);   // it sounds like work
  CHECK(doubt_of(15, 330, 300) == 0);  // one manifest says it far better than the next
}

TEST_CASE("an explanation quotes the prompts that taught the first match, and none that shares nothing") {
  const Library library = library_of(test::shipped_skill("benchmark-design") + test::shipped_skill("memory-leak-hunt"));
  const Router router = library.router();
  const auto quoted = [&](const std::string& prompt) { return router.explain(query_of(prompt)).taught_by.size(); };
  CHECK(quoted("is 0.31 ns/op suspicious") == 2);
  CHECK(quoted("measure which of the two variants is faster, so that the benchmark can be believed") == 1);
}

TEST_CASE("a few words that are all a shipped skill's own count by how much of its name they are") {
  const Library library =
      library_of(test::shipped_skill("flaky-test-elimination") + test::shipped_skill("slide-building") +
                 test::shipped_skill("risk-ranked-review") + test::shipped_skill("dead-code-removal"));
  const Router router = library.router();
  const auto share = [&](const std::string& prompt) {
    for (const RoutingReport::Signal& signal : router.explain(query_of(prompt)).signals)
      if (signal.name == "a few words, all its own") return signal.value;
    return 0;
  };
  for (const char* prompt : {"flaky test", "review my change", "make slides"}) {
    CAPTURE(prompt);
    CHECK(share(prompt) > 0);
  }
  for (const char* prompt : {"the flaky test", "the review is done", "flaky test 3", "I like the slides", "test",
                             "what is dead code", "is the flaky test gone?", "a flaky kitchen lamp"}) {
    CAPTURE(prompt);
    CHECK(share(prompt) == 0);
  }
}

TEST_CASE(
    "an order that begins with a whole trigger of a shipped skill counts as its name, a report or a question does "
    "not") {
  const Library library = library_of(test::shipped_skill("design-system-building", true) +
                                     test::shipped_skill("specification-writing", true) +
                                     test::shipped_skill("slide-building") + test::shipped_skill("risk-ranked-review"));
  const Router router = library.router();
  const auto share = [&](const std::string& prompt) {
    for (const RoutingReport::Signal& signal : router.explain(query_of(prompt)).signals)
      if (signal.name == "a few words, all its own") return signal.value;
    return 0;
  };
  for (const char* prompt : {"add dark mode to our web app", "please add dark mode to the settings page",
                             "add a dark mode to the portal of our customers"}) {
    CAPTURE(prompt);
    CHECK(share(prompt) == 1000);
  }
  for (const char* prompt :
       {"who should add dark mode to our web app?", "we added dark mode to our web app",
        "add bright mode to our web app", "add a mode to our web app",
        "the designer wants to add dark mode to our web app", "dark mode of our web app",
        "who wrote the design document for the search service?", "write a design for the search service"}) {
    CAPTURE(prompt);
    CHECK(share(prompt) == 0);
  }
}

TEST_CASE("a few words of its own lift the sum somewhat above the mark of an offer and not further") {
  for (const std::uint32_t spoken : {700u, 800u, 900u, 1000u}) {
    route::Signals signals;
    signals.taught = true;
    signals.spoken = spoken;
    const std::int32_t before = route::points(signals);
    const route::Thresholds from = route::thresholds(signals, Caution::high);
    signals.named = 1000;
    const std::int32_t lifted = route::points(signals);
    CHECK(lifted >= before);
    CHECK(lifted <= std::max(before, (from.offer + from.load) / 2));
    signals.errand = 1;
    CHECK(route::points(signals) == before);
  }
}

}  // namespace cascade
