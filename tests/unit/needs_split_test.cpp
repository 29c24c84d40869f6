#include <catch2/catch.hpp>

#include <fstream>
#include <random>

#include "needs/message.h"
#include "prompt/parts.h"
#include "source_folder.h"

using namespace cascade;
using needs::Need;

namespace {

std::vector<Need> needs_in(std::string_view text, std::string_view language = "en") {
  return needs::read_needs(text, prompt::read_parts(text), language);
}

// Each need as "[sign] the clause that asks", with what else belongs to it behind a bar; "one" for a single need.
std::string shown(std::string_view text, std::string_view language = "en") {
  std::string out;
  const std::vector<Need> found = needs_in(text, language);
  if (found.size() < 2) return "one";
  for (const Need& need : found) {
    const auto part = [&](needs::ByteRange range) {
      std::string words(text.substr(range.begin, range.end - range.begin));
      for (char& c : words) c = c == '\n' ? '~' : c;
      return words;
    };
    out += (out.empty() ? "[" : "\n[") + std::string(needs::to_string(need.sign)) + "] " + part(need.core);
    if (need.part.begin != need.core.begin || need.part.end != need.core.end) out += " | " + part(need.part);
  }
  return out;
}

}  // namespace

TEST_CASE("a prompt with one request is one need") {
  CHECK(shown("fix the flaky test in the billing service") == "one");
  CHECK(shown("why does the build take forty minutes?") == "one");
  CHECK(shown("") == "one");
}

TEST_CASE("sentences that ask are needs") {
  CHECK(shown("Upgrade the database driver. Can you look for slow queries?") ==
        "[asks] Upgrade the database driver.\n[asks] Can you look for slow queries?");
  CHECK(shown("Write a changelog! Publish the package; then tag the commit") ==
        "[asks] Write a changelog!\n[asks] Publish the package;\n[asks] tag the commit");
}

TEST_CASE("a clause is a need where the one before asks as well") {
  CHECK(shown("translate the page to Polish and check the contrast of the buttons") ==
        "[asks] translate the page to Polish\n[clause] check the contrast of the buttons");
  CHECK(shown("the page is slow, make it faster") == "one");
  CHECK(shown("a tool that should read the logs and print them") == "one");
  CHECK(shown("look at the parser and tell me what is wrong") == "one");
  CHECK(shown("I need a script that imports orders, and also a job that runs it at night") ==
        "[asks] I need a script that imports orders,\n[clause] a job that runs it at night");
}

TEST_CASE("a verb that is a noun as well asks where a sentence begins, and within one only before a plural") {
  CHECK(shown("Upgrade the driver. Filter invalid rows.") == "[asks] Upgrade the driver.\n[asks] Filter invalid rows.");
  CHECK(shown("Upgrade the driver and filter invalid rows") == "one");
  CHECK(shown("Upgrade the driver and filter rows") == "[asks] Upgrade the driver\n[clause] filter rows");
  CHECK(shown("Upgrade the driver. Export fails on Mondays.") == "one");
}

TEST_CASE("both sides of a joint are remembered where the second does not ask") {
  const auto sides = [](std::string_view text) {
    std::string out;
    for (const Need& need : needs_in(text))
      for (const needs::Statement& side : need.sides)
        out += (out.empty()   ? ""
                : side.joined ? " + "
                              : " & ") +
               std::string(text.substr(side.range.begin, side.range.end - side.range.begin));
    return out;
  };
  CHECK(sides("the worker gets killed every night and customers see an old price list") ==
        "the worker gets killed every night & customers see an old price list");
  CHECK(sides("the worker gets killed every night, btw customers see an old price list") ==
        "the worker gets killed every night, + customers see an old price list");
  CHECK(sides("look where user input ends up in queries (customers see an old price list)") ==
        "look where user input ends up in queries & (customers see an old price list)");
  // What refers to something said before, a few words and a second request are no sides.
  CHECK(sides("the worker gets killed every night and nobody looks at it then").empty());
  CHECK(sides("the worker and the queue").empty());
  CHECK(sides("translate the page to Polish and check the contrast of the buttons").empty());
}

TEST_CASE("joints come off") {
  CHECK(shown("Secondly: rotate the keys. P.S. by the way, rename the module") ==
        "[asks] rotate the keys.\n[asks] rename the module");
  CHECK(shown("please: 1. encrypt the backups 2. delete the old ones") ==
        "[item] encrypt the backups\n[item] delete the old ones");
}

TEST_CASE("words that say that something new follows make a statement a need") {
  CHECK(shown("Write tests for the cart. Also, the mails arrive twice.") ==
        "[asks] Write tests for the cart.\n[joint] the mails arrive twice.");
  CHECK(shown("Write tests for the cart. The mails arrive twice.") == "one");
}

TEST_CASE("what is added to a need belongs to it") {
  CHECK(shown("Write release notes. Keep them short, no emojis. Then merge the branch. Thanks!") ==
        "[asks] Write release notes. | Write release notes. Keep them short, no emojis.\n"
        "[asks] merge the branch. | merge the branch. Thanks!");
  CHECK(shown("Fix the upload. It fails since Monday because the disk is full.") == "one");
  CHECK(shown("Draw a diagram of the queue. Don't touch the code, somebody else does.") == "one");
}

TEST_CASE("what is said before the first request waits for it") {
  CHECK(shown("Our deploy script is a horror. Rewrite it. After that document the release.") ==
        "[asks] Rewrite it. | Our deploy script is a horror. Rewrite it.\n[asks] document the release.");
  CHECK(shown("The search is down since noon. And draft a mail to the customers.") ==
        "[statement] The search is down since noon.\n[asks] draft a mail to the customers.");
}

TEST_CASE("statements that something is wrong are needs if each has a subject") {
  CHECK(shown("the invoices have the wrong total. the login crashes on old phones.") ==
        "[statement] the invoices have the wrong total.\n[statement] the login crashes on old phones.");
  CHECK(shown("the invoices have the wrong total. it crashes on old phones.") == "one");
}

TEST_CASE("a list is one of needs or of details") {
  CHECK(shown("two things:\n- add a dark theme\n- cache the images") ==
        "[item] add a dark theme\n[item] cache the images");
  CHECK(shown("the form loses its input.\nsteps to reproduce:\n- open it\n- enter a name\n- go back") == "one");
  CHECK(shown("please prepare:\n- a test plan\n- a risk list") == "[item] a test plan\n[item] a risk list");
}

TEST_CASE("pasted matter belongs to the nearest request") {
  const std::string text = "Why does this fail?\n```\nadd the key\nand then remove it\n```\nAlso, bump the base image.";
  const std::vector<Need> found = needs_in(text);
  REQUIRE(found.size() == 2);
  CHECK(text.substr(found[0].part.begin, found[0].part.end - found[0].part.begin).find("remove it") !=
        std::string::npos);
}

TEST_CASE("only the rows of the message's language are read") {
  CHECK(shown("Schreib Tests für den Warenkorb und beschleunige die Suche", "de") ==
        "[asks] Schreib Tests für den Warenkorb\n[clause] beschleunige die Suche");
  CHECK(shown("Corrige l'erreur de paiement, puis écris les notes de version", "fr") ==
        "[asks] Corrige l'erreur de paiement,\n[clause] écris les notes de version");
  CHECK(shown("Añade pruebas al carrito. También actualiza la documentación.", "es") ==
        "[asks] Añade pruebas al carrito.\n[asks] actualiza la documentación.");
  CHECK(shown("修复登录页面的错误。另外，为购物车编写测试。", "zh") ==
        "[asks] 修复登录页面的错误\n[asks] 为购物车编写测试");
}

TEST_CASE("needs are in the order of the text and do not overlap, whatever the text") {
  const char* const pieces[] = {"fix the test",
                                " and ",
                                ". ",
                                "\n",
                                "- ",
                                "also, ",
                                "`",
                                "\"",
                                "(",
                                ")",
                                "1. ",
                                "the page is slow",
                                "don't",
                                " it ",
                                ": ",
                                "—",
                                "\xE2\x80\x9C",
                                "\xFF",
                                "## Head\n",
                                "why",
                                "? ",
                                "then ",
                                "P.S. "};
  std::minstd_rand random(7);
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    for (unsigned i = 0, count = random() % 24; i < count; ++i) text += pieces[random() % std::size(pieces)];
    for (const std::string_view language : {"en", "de", "zh", "xx"}) {
      std::uint32_t last = 0;
      for (const Need& need : needs_in(text, language)) {
        INFO(text);
        CHECK(need.part.begin >= last);
        CHECK(need.part.begin <= need.core.begin);
        CHECK((need.core.begin < need.core.end || text.empty()));
        CHECK(need.core.end <= need.part.end);
        CHECK(need.part.end <= text.size());
        last = need.part.end;
      }
    }
  }
}

// Messages that were cut by hand before the rules were written: "round|kind|text", with "¦" where a need begins.
TEST_CASE("of the messages that were cut by hand most are cut alike") {
  std::ifstream in(test::source_folder() + "/../shared/design/splitter/own.txt");
  if (!in) {
    WARN("the messages are not here");
    return;
  }
  std::size_t several = 0, cut_alike = 0, single = 0, left_whole = 0;
  for (std::string line; std::getline(in, line);) {
    const std::size_t kind = line.find('|') + 1, body = line.find('|', kind) + 1;
    std::string text;
    std::size_t count = 1;
    for (std::size_t i = body; i < line.size(); ++i) {
      if (line.compare(i, 2, "\xC2\xA6") == 0) {
        ++count;
        ++i;
      } else if (line.compare(i, 2, "\\n") == 0) {
        text += '\n';
        ++i;
      } else {
        text += line[i];
      }
    }
    const std::size_t found = needs_in(text).size();
    (line[kind] == 'M' ? several : single) += 1;
    if (line[kind] == 'M') cut_alike += found == count ? 1 : 0;
    if (line[kind] != 'M') left_whole += found == 1 ? 1 : 0;
  }
  CHECK(cut_alike * 100 >= several * 75);  // as English, of which a tenth are not
  CHECK(left_whole * 100 >= single * 94);
}
