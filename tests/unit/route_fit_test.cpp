#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "source_folder.h"
#include "unit/route_shipped_skill.h"
#include "unit/route_text.h"

namespace cascade {
namespace {

using test::Library;
using test::library_of;

const std::string shop =
    "skill:deploy-production | Deploy the web shop to production.\n"
    "skill:reset-demo-tenant | Reset the demo tenant to its seed data before a sales call.\n"
    "skill:rotate-api-keys | Rotate the payment provider's API keys and restart the workers.\n"
    "skill:publish-release | Publish a release: tag, changelog, GitHub release, announcement in Slack.\n"
    "command:drain-queue | Drain the order queue and replay its dead letters.\n"
    "skill:supplier-contracts | Reviews supplier contracts for price clauses.\n"
    "skill:order-queue-facts | How the order queue works: partitions, consumers, retries. | | Dead letters wait for a "
    "week.\n";

std::string said(const Library& library, const std::string& prompt) {
  Query query;
  query.text = prompt;
  const Routing routing = library.router().rank(query);
  std::string text;
  for (const Match& match : routing.loaded) text += "load " + std::string(library.registry[match.id].name) + " ";
  for (const Match& match : routing.offered) text += "offer " + std::string(library.registry[match.id].name) + " ";
  return text.substr(0, text.size() - (text.empty() ? 0 : 1));
}

// The grade of one manifest, or none if it was not named by its points.
std::string grade(const Library& library, const std::string& name, const std::string& prompt) {
  Query query;
  query.text = prompt;
  const RoutingReport report = library.router().explain(query);
  std::vector<RoutingReport::Fit> fits = report.fits;
  for (const RoutingReport& need : report.needs) fits.insert(fits.end(), need.fits.begin(), need.fits.end());
  for (const RoutingReport::Fit& fit : fits)
    if (library.registry[fit.id].name == name) return std::to_string(fit.grade) + " " + fit.why;
  return "not named";
}

}  // namespace

TEST_CASE("what asks for an own manifest's act keeps its load, in whatever form of an order") {
  const Library library = library_of(shop);
  for (const char* const prompt :
       {"deploy the web shop to production", "please deploy the web shop to production now",
        "could you deploy the web shop to production", "we're ready to deploy the web shop to production",
        "I need you to deploy the web shop to production", "time to deploy the web shop to production"}) {
    CAPTURE(prompt);
    CHECK(said(library, prompt) == "load deploy-production");
  }
}

TEST_CASE("what only speaks of an own manifest's subject never loads it") {
  const Library library = library_of(shop);
  for (const char* const prompt :
       {"who deploys the web shop to production this week?",
        "why does the deploy of the web shop to production take so long?",
        "we deployed the web shop to production yesterday and it went fine",
        "don't deploy the web shop to production yet", "Marta is deploying the web shop to production right now",
        "before we deploy the web shop to production, sort the imports in cart.ts",
        "write a unit test for the function that resets the demo tenant",
        "rename the variable demoTenantId to sandboxId",
        "draw a diagram of the deploy of the web shop to production"}) {
    CAPTURE(prompt, said(library, prompt));
    CHECK(said(library, prompt).find("load") == std::string::npos);
  }
}

TEST_CASE(
    "a name goes where something else is worked on or it is ruled out, and stays offered where it is asked about") {
  const Library library = library_of(shop);
  CHECK(grade(library, "drain-queue", "add a debug line to the function that drains the order queue") ==
        "0 something else is worked on");
  CHECK(grade(library, "deploy-production", "don't deploy the web shop to production yet") == "0 is ruled out");
  CHECK(grade(library, "deploy-production", "who deploys the web shop to production this week?") ==
        "1 asks to be told");
  CHECK(said(library, "who deploys the web shop to production this week?") == "offer deploy-production");
  CHECK(said(library, "add a debug line to the function that drains the order queue").find("drain-queue") ==
        std::string::npos);
}

TEST_CASE("an own manifest that is there to be read answers questions") {
  const Library library = library_of(shop);
  CHECK(grade(library, "order-queue-facts", "how do the consumers of the order queue and its partitions work?") ==
        "3 asks what the manifest knows");
}

TEST_CASE("what is pasted speaks for a manifest only if it is of its matter") {
  const Library library = library_of(shop);
  CHECK(said(library,
             "review this\n```diff\ndiff --git a/cart.cpp b/cart.cpp\n@@ -1,3 +1,3 @@\n-int total = 0;\n+int total = "
             "sum(items);\n```")
            .find("supplier-contracts") == std::string::npos);
}

TEST_CASE("a second own manifest is offered for rare words that the first leaves unexplained, in one clause as well") {
  const Library library = library_of(
      "skill:kettle-cleaning | Clean the kettle with caustic and acid and sign the cleaning log.\n"
      "skill:dry-hop | Dry hop a fermenter.\n"
      "skill:excise-declaration | Files the monthly beer duty declaration with customs.\n"
      "skill:keg-transfer | Transfers finished beer from the bright tank into kegs.\n");
  const std::string both = said(library, "clean the kettle with caustic before the excise declaration of October");
  CHECK(both.find("kettle-cleaning") != std::string::npos);
  CHECK(both.find("offer excise-declaration") != std::string::npos);
  CHECK(said(library, "clean the kettle with caustic and acid").find("offer") == std::string::npos);
}

TEST_CASE("in German an order may end in its verb, name a part of a compound, or ask what to do about a case") {
  const Library library = library_of(
      "skill:zuschnitt-optimieren | Rechnet Zuschnittpläne für Plattenware und erstellt die Sägeliste mit Verschnitt.\n"
      "skill:lackierplan | Plant die Lackierung: Grundierung, Zwischenschliff, Trockenzeiten, Glanzgrad.\n"
      "skill:aufmass-kueche | Wertet ein Küchenaufmaß aus und prüft Wandwinkel, Anschlüsse und Nischen.\n"
      "skill:holzfeuchte-messen | Misst die Holzfeuchte einer Lieferung und entscheidet über Annahme oder "
      "Trocknung.\n");
  for (const char* const prompt :
       {"die sägeliste mit verschnitt für den schrank zusammenstellen", "rechne mir den zuschnittplan für plattenware",
        "werte mal das küchenaufmaß von gestern aus, wandwinkel stehen dabei"}) {
    CAPTURE(prompt);
    CHECK(said(library, prompt).substr(0, 4) == "load");
  }
  CHECK(said(library, "lackplan grundierung tür 4") == "offer lackierplan");
  CHECK(said(library, "die holzfeuchte der lieferung liegt bei 18, was machen wir jetzt?").find("holzfeuchte-messen") !=
        std::string::npos);
  for (const char* const prompt :
       {"in der readme steht zuschnittplan mit einem t", "die sägeliste mit verschnitt liegt seit gestern beim meister",
        "benenne die variable holzfeuchte in feuchte um", "du musst nichts machen, die lackierung plant der chef"}) {
    CAPTURE(prompt, said(library, prompt));
    CHECK(said(library, prompt).find("load") == std::string::npos);
  }
}

TEST_CASE("in Spanish what to do about a case is a task, and what was done or others do is told") {
  const Library library = library_of(
      "skill:parte-riego | Prepara el parte de riego semanal por sector: horas, caudal, humedad y fertilizante.\n"
      "skill:liquidar-partida | Calcula el rendimiento graso de una partida de aceituna y liquida al socio.\n"
      "skill:tratamiento-repilo | Planifica tratamientos contra repilo y mosca: producto y dosis por hectárea.\n"
      "skill:reclamacion-cliente | Responde a la reclamación de un cliente por aceite rancio, rotura o falta.\n");
  for (const char* const prompt : {"hazme el parte de riego de esta semana", "calcula el rendimiento de la partida 233",
                                   "cuánto producto pongo por hectárea contra la mosca, hay repilo"}) {
    CAPTURE(prompt, said(library, prompt));
    CHECK(said(library, prompt).substr(0, 4) == "load");
  }
  for (const char* const prompt :
       {"ayer mandé el parte de riego semanal, todo bien", "no calcules el rendimiento todavía, falta la humedad",
        "mi compañero responde a la reclamación del cliente, tú arregla el menú de la web"}) {
    CAPTURE(prompt, said(library, prompt));
    CHECK(said(library, prompt).find("load") == std::string::npos);
  }
}

TEST_CASE("an act with nothing but names behind it is ordered") {
  const Library library = library_of(
      "skill:bell-quote | Price a new bell, a recast or an addition to a ring. Use when a parish wants to know a "
      "cost.\n"
      "skill:hoist-plan | Method statement for getting bells out of a tower. Use when lifting or rigging is near.\n"
      "skill:clapper-repair | Clappers, crown staples and bushings: the job card for the smith.\n");
  CHECK(said(library, "quote for Tadlow").find("bell-quote") != std::string::npos);
  CHECK(said(library, "the quote for Tadlow went out on Monday").find("load") == std::string::npos);
}

TEST_CASE("each of two orders names its own manifest") {
  const Library library = library_of(
      "skill:rope-check | Judges ropes by wear, broken wires and diameter.\n"
      "skill:six-month-report | Writes the report of the half-yearly examination of a crane.\n"
      "skill:crane-quote | Prices a new drive for a crane.\n");
  const std::string both =
      said(library, "write the report of the half-yearly examination for the crane, and judge the ropes by my figures");
  CHECK(both.find("six-month-report") != std::string::npos);
  CHECK(both.find("rope-check") != std::string::npos);
  CHECK(both.find("crane-quote") == std::string::npos);
}

TEST_CASE("what is done, ruled out or asked after is no order, though its words are the manifest's") {
  const Library library = library_of(
      "skill:royalty-report-run | Computes what each publisher is owed for the month and sends the royalty reports.\n"
      "skill:coastguard-manifest | Builds and sends the passenger manifest to the coastguard, and repairs rejected "
      "ones.\n"
      "skill:chapter-ingest | Takes in audiobook chapters, and repairs what is wrong.\n");
  for (const char* const prompt : {"who is on duty for the royalty reports of the publishers this month?",
                                   "don't run the royalty report of the publishers yet, I'm still waiting for numbers",
                                   "the passenger manifest went out to the coastguard fine yesterday evening",
                                   "log a warning when the audiobook chapters take in more than ten minutes"}) {
    CAPTURE(prompt, said(library, prompt));
    CHECK(said(library, prompt).find("load") == std::string::npos);
  }
  CHECK(said(library, "send the royalty reports of the month to the publishers") == "load royalty-report-run");
}

TEST_CASE("a long message that asks for nothing names no own manifest, and one that asks at its end does") {
  const Library library = library_of(shop);
  const std::string story =
      "The web shop went to production on Monday and the deploy took an hour longer than it used to, because the "
      "machines in the second rack were rebooted at the same moment. Marta has seen the same in spring, the provider "
      "has "
      "answered meanwhile, and everybody in the office went home late on that day, which was nobody's fault at all.";
  CHECK(said(library, story) == "");
  CHECK(grade(library, "deploy-production", story) == "0 a long message that asks for nothing");
  CHECK(said(library, story + " Please deploy the web shop to production again.") == "load deploy-production");
}

TEST_CASE("an order that points at what was told before it is for that") {
  const Library library = library_of(shop);
  CHECK(grade(library, "drain-queue",
              "the order queue has two hundred dead letters since noon. please make something of it") ==
        "2 is pointed at");
  CHECK(grade(library, "drain-queue", "the order queue has two hundred dead letters. write down what Marta needs") ==
        "2 is pointed at");
  CHECK(grade(library, "drain-queue", "Marta drains the order queue this week, so leave that alone").substr(0, 1) ==
        "0");
}

TEST_CASE("words of a path, and thanks, load and name no own manifest") {
  const Library library =
      library_of(shop + "skill:utils-upgrade | Upgrade lib and utils to the newest release and resolve conflicts.\n");
  for (const char* const prompt : {"add tests for lib/utils.js", "add a case to lib/utils/queue.js",
                                   "look at lib/utils/release.js", "thanks, the web shop was deployed to production",
                                   "great, the order queue is drained", "perfect, the release was published"}) {
    CAPTURE(prompt);
    CHECK(said(library, prompt) == "");
  }
  CHECK(said(library, "there is a conflict in lib/utils/queue.js").find("load") == std::string::npos);
  CHECK(said(library, "thanks, now deploy the web shop to production") == "load deploy-production");
}

TEST_CASE("a manifest of one language does not load where nothing is in it") {
  const Library library = library_of("skill:python-observability | Add tracing and metrics spans to services.\n");
  const auto grade_at = [&](std::vector<std::string> paths) {
    const std::string prompt = "add tracing spans and metrics to the services";
    Query query;
    query.text = prompt;
    query.paths = std::move(paths);
    const RoutingReport report = library.router().explain(query);
    return report.fits.empty() ? -1 : static_cast<int>(report.fits.front().grade);
  };
  CHECK(grade_at({}) == 1);
  CHECK(grade_at({"Cargo.toml"}) == 1);
  CHECK(grade_at({"pyproject.toml"}) == 3);
  CHECK(said(library, "add tracing spans and metrics to the python services") == "load python-observability");
}

TEST_CASE("an own manifest in a script without spaces keeps its name beside the shipped library") {
  const Library library =
      library_of("skill:label-printing | 标签打印: 修改标签模板, 热敏纸尺寸。\n" +
                 test::shipped_skill("changelog-writing") + test::shipped_skill("flaky-test-elimination"));
  CHECK(said(library, "标签模板错位了，热敏纸换成 60×40 的，改一下").find("label-printing") != std::string::npos);
}

TEST_CASE("a topic is not a task: what the act is done to is not what it lies in or belongs to") {
  const Library library = library_of(
      "skill:billing-release | Cuts a release of the billing service: bumps the version, tags it and pushes the tag. "
      "Use when somebody wants to release billing or cut a new version.\n"
      "skill:shop-seed | Fills the shop backend's test database with sample orders. Use when somebody needs seed data "
      "for the shop backend.\n"
      "skill:inventory-import | Imports the supplier's inventory list into the warehouse database. Use when a new list "
      "from the supplier arrives.\n"
      "skill:demo-reset | Resets the demo tenant of the booking portal to its seed data before a sales call.\n"
      "skill:cert-renewal | Renews the TLS certificates of the mail gateway and reloads it.\n"
      "skill:translation-sync | Pulls translations of the mobile app from the translators' platform and commits them.\n"
      "skill:invoice-archive | Archives the invoices of the accounting service in the cold storage once a year.\n"
      "skill:toggle-cleanup | Removes expired feature toggles from the checkout service.\n"
      "skill:onboarding-mail | Sends the onboarding mails of the customer portal to a new customer.\n"
      "skill:decision-records | Keeps the records of what was decided about the architecture. | write a design "
      "document\n");
  for (const char* const prompt :
       {"fix the billing service's rounding", "start the billing service", "start the shop backend",
        "update the booking portal", "change the mail gateway's port", "run the mobile app",
        "open the accounting service's settings", "set up the warehouse database locally", "look at the shop backend",
        "debug the accounting service", "deploy the customer portal", "refactor the checkout service"}) {
    CAPTURE(prompt, said(library, prompt));
    CHECK(said(library, prompt).find("load") == std::string::npos);
  }
  const std::pair<const char*, const char*> asked[] = {
      {"cut a new version of billing", "billing-release"},
      {"do a billing release", "billing-release"},
      {"put sample orders into the test database of the shop backend", "shop-seed"},
      {"load the supplier's inventory list into the warehouse database", "inventory-import"},
      {"get the demo tenant back to its seed data", "demo-reset"},
      {"get the TLS certificates renewed", "cert-renewal"},
      {"sync the translations of the mobile app", "translation-sync"},
      {"archive last year's invoices", "invoice-archive"},
      {"clean up the expired feature toggles in the checkout service", "toggle-cleanup"},
      {"write the onboarding mails for the new customer of the portal", "onboarding-mail"},
      {"write a design document for the billing service", "decision-records"}};
  for (const auto& [prompt, name] : asked) {
    CAPTURE(prompt);
    CHECK(said(library, prompt) == "load " + std::string(name));
  }
}

TEST_CASE("an own manifest known by concepts alone is named behind no shipped one") {
  const Library library = library_of(
      "skill:stripe-integration | Implement Stripe payment processing for robust payment flows with checkout, "
      "subscriptions and webhooks. Use when integrating Stripe payments or building subscription systems.\n" +
      test::shipped_skill("specification-writing", true) + test::shipped_skill("changelog-writing", true));
  CHECK(said(library, "write a design document for the billing service").find("stripe") == std::string::npos);
  CHECK(said(library, "integrate Stripe payments into the billing service").find("stripe-integration") !=
        std::string::npos);
}

TEST_CASE("thanks, reports of what is over and definitions are met with silence") {
  const Library library = library_of(
      "skill:receiving-review | Use when receiving code review feedback: great work is thanked for, the rest judged.\n"
      "skill:stripe-integration | Integrates Stripe payments into a service.\n"
      "skill:helm-charts | Builds Helm charts for services on Kubernetes.\n"
      "skill:dunning-words | Explains what a dunning level is, and what a dunning run is. | what is a dunning level\n");
  for (const char* const prompt :
       {"great work, thank you", "thanks, that was great. how was your weekend?",
        "I was reading about Stripe payments on the train today", "our meeting about Helm charts is at three o'clock",
        "what is a Helm chart?", "what are Helm charts?"}) {
    CAPTURE(prompt);
    CHECK(said(library, prompt).empty());
  }
  CHECK_FALSE(said(library, "what is a dunning level?").empty());
  CHECK_FALSE(said(library, "what is wrong with our Helm chart?").empty());
}

TEST_CASE("where the points do not reach what is loaded or offered, the rule that decided is told") {
  const Library library = library_of(shop + test::shipped_skill("flaky-test-elimination"));
  const auto rule = [&](const std::string& prompt) {
    Query query;
    query.text = prompt;
    return library.router().explain(query).rule;
  };
  int by_rule = 0;
  for (const char* const prompt :
       {"deploy the web shop to production", "drain the queue", "reset the demo tenant", "rotate the keys please",
        "publish the release", "review the supplier contracts", "who deploys the web shop to production this week?",
        "we deployed the shop yesterday", "it works, thanks", "use the reset-demo-tenant skill", "/drain-queue",
        "the login test fails one run in ten, find out why"}) {
    CAPTURE(prompt);
    Query query;
    query.text = prompt;
    const RoutingReport report = library.router().explain(query);
    if (!report.needs.empty()) continue;
    const bool loads = report.routing.decision == Decision::load;
    const bool reaches = loads ? report.points >= report.load_from && report.lead >= report.lead_from
                               : report.routing.decision == Decision::silence || report.points >= report.offer_from;
    CHECK(reaches == report.rule.empty());
    by_rule += reaches ? 0 : 1;
  }
  CHECK(by_rule == 0);  // their points reach
  CHECK(rule("it works, thanks").empty());
  const Library harbour = library_of(
      "skill:moor-boat | Moors a boat at the harbour pier. Use when a boat must be moored.\n"
      "skill:paint-hull | Paints the hull of a boat. Use when a hull must be painted.\n");
  Query query;
  query.text = "moor the boat";
  const RoutingReport report = harbour.router().explain(query);
  CHECK(report.points < report.load_from);
  CHECK(report.routing.decision == Decision::load);
  CHECK(report.rule == "the prompt orders its act, or its object");
}

TEST_CASE("a call by name has no grade") {
  const Library library = library_of(shop);
  CHECK(said(library, "why did nobody use /deploy-production yet?") == "load deploy-production");
  CHECK(grade(library, "deploy-production", "/deploy-production") == "not named");
}

TEST_CASE(
    "in a long message an offer of the shipped library is spoken for by words about it, and a clear need is not "
    "drowned") {
  std::string lines;
  for (const char* const name : {"flaky-test-elimination", "dockerfile-writing", "contract-testing", "safe-mass-rename",
                                 "verified-merge", "git-undo", "regression-bisection", "changelog-writing"})
    lines += test::shipped_skill(name);
  const Library library = library_of(lines);
  CHECK(
      said(
          library,
          "We talked about it at length in the team and most people find the old order of the menu more natural, they "
          "know "
          "where things are with their eyes closed. A few like the new one better. As there is no strong reason for a "
          "change "
          "we leave it. I wanted to let you know so that you are not surprised when you see that the branch was closed "
          "without a merge.")
          .empty());
  CHECK(
      said(library,
           "Hi there, hope you had a nice weekend! Ours was quiet, we went to the lake with the kids and the dog, and "
           "it "
           "rained only on Sunday, so no complaints. This week is going to be full because of the fair in Hannover and "
           "because half of the team is there to stand at the booth and give away pens. Please fix the flaky login "
           "test, "
           "it fails one run in ten.")
          .find("flaky-test-elimination") != std::string::npos);
}

// Messages that speak of an own manifest's subject, and messages that ask for it, by a writer who had not seen the
// rules:
// ../shared/design/task-not-topic/dev, three libraries of other trades.
namespace {

std::string text_between(const std::string& line, const std::string& before, const std::string& after) {
  const std::size_t at = line.find(before);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + before.size(), end = line.find(after, begin);
  return line.substr(begin, end == std::string::npos ? end : end - begin);
}

Library library_in(const std::filesystem::path& folder) {
  std::string text;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".md") continue;
    std::stringstream whole;
    whole << std::ifstream(file.path()).rdbuf();
    std::string described = text_between(whole.str(), "description: ", "\n");
    if (!described.empty() && described.front() == '"') described = described.substr(1, described.size() - 2);
    const bool skill = file.path().filename() == "SKILL.md";
    text +=
        (skill ? "skill:" + file.path().parent_path().filename().string() : "command:" + file.path().stem().string()) +
        " | " + described + "\n";
  }
  return library_of(text);
}

}  // namespace

TEST_CASE(
    "of messages that want nothing of an own library none is answered with a load, and those that ask keep theirs") {
  const std::filesystem::path set =
      std::filesystem::path(test::source_folder()) / "../shared/design/task-not-topic/dev";
  if (!std::filesystem::exists(set)) {
    WARN("skipped: the set is not beside the repository");
    return;
  }
  int unwanted = 0, loads = 0, asked = 0, loaded = 0, named = 0, wrong = 0;
  for (const std::string name : {"personal", "shopops", "sudhaus"}) {
    const Library library = library_in(set / "libraries" / name);
    std::ifstream messages(set / ("messages-" + name + ".jsonl"));
    for (std::string line; std::getline(messages, line);) {
      const std::string answer = said(library, text_between(line, "\"query\": \"", "\", \"label\""));
      if (line.find("\"label\": \"must\"") == std::string::npos) {
        ++unwanted;
        loads += answer.find("load ") != std::string::npos ? 1 : 0;
        continue;
      }
      const std::string expected = text_between(text_between(line, "\"expect\": [\"", "\""), ":", "\"");
      ++asked;
      loaded += answer.find("load " + expected) != std::string::npos ? 1 : 0;
      named += answer.find(expected) != std::string::npos ? 1 : 0;
      wrong +=
          answer.find("load ") != std::string::npos && answer.find("load " + expected) == std::string::npos ? 1 : 0;
    }
  }
  CHECK(unwanted == 42);
  CHECK(loads == 0);  // 27 without the grade
  CHECK(asked == 30);
  CHECK(loaded >= 20);  // 16 without the grade
  CHECK(named >= 25);   // 24 without the grade
  CHECK(wrong == 0);
}

}  // namespace cascade
