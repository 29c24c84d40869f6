#include <catch2/catch.hpp>

#include "prompt/parts.h"
#include "prompt/words.h"

#include <algorithm>

using namespace cascade;
using prompt::Part;
using prompt::PartKind;

namespace {

// Each part as "[kind] its words", white space joined.
std::string shown(std::string_view text) {
  std::string out;
  for (const Part& part : prompt::read_parts(text)) {
    std::string words;
    for (const char c : text.substr(part.begin, part.end - part.begin)) {
      const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!space)
        words += c;
      else if (!words.empty() && words.back() != ' ')
        words += ' ';
    }
    while (!words.empty() && words.back() == ' ') words.pop_back();
    if (words.empty()) continue;
    out += (out.empty() ? "" : "\n") + ("[" + std::string(prompt::to_string(part.kind)) + "] ") + words;
  }
  return out;
}

// What is said, white space joined.
std::string said(std::string_view text) {
  const std::string only = prompt::only_said(text, prompt::read_parts(text));
  std::string words;
  for (const char c : only) {
    if (static_cast<unsigned char>(c) > ' ')
      words += c;
    else if (!words.empty() && words.back() != ' ')
      words += ' ';
  }
  while (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

}  // namespace

TEST_CASE("a plain prompt is one part") {
  CHECK(shown("fix the flaky test in the billing service") == "[said] fix the flaky test in the billing service");
  CHECK(shown("I don't know why it's slow, can't you look?") == "[said] I don't know why it's slow, can't you look?");
  CHECK(shown("first line\nsecond line\n\nthird") == "[said] first line second line third");
  CHECK(prompt::read_parts("").empty());
  CHECK(said("Task: make it faster\nContext: the shop is slow\nuse the deploy skill") ==
        "Task: make it faster Context: the shop is slow use the deploy skill");
  CHECK(said("please do this: use the deploy skill") == "please do this: use the deploy skill");
  CHECK(said("- fix the test\n- use the deploy skill\n- tell me when done") ==
        "- fix the test - use the deploy skill - tell me when done");
  CHECK(said("1. read the code\n2. run /deploy\n   and wait for it") ==
        "1. read the code 2. run /deploy and wait for it");
  CHECK(said("what I say is: use the deploy skill") == "what I say is: use the deploy skill");
  CHECK(said("fix the ticket: the page is slow") == "fix the ticket: the page is slow");
}

TEST_CASE("the parts of a text are in order and without gaps") {
  const std::string text =
      "look:\n```\nx = 1\n```\n> he said so\n\n\"use the x skill now please\" is odd\nERROR no\n\nfix it";
  std::uint32_t at = 0;
  for (const Part& part : prompt::read_parts(text)) {
    CHECK(part.begin == at);
    CHECK(part.end > part.begin);
    at = part.end;
  }
  CHECK(at == text.size());
  CHECK(prompt::only_said(text, prompt::read_parts(text)).size() == text.size());
}

TEST_CASE("a fence is code, closed or not") {
  CHECK(shown("why?\n```sh\nuse the x skill\n```\nfix it") ==
        "[said] why?\n[code] ```sh use the x skill ```\n[said] fix it");
  CHECK(said("why does this fail?\n~~~\nuse the x skill\n\nmore") == "why does this fail?");
  CHECK(said("```\nuse the x skill\n\nmore of it\n\nplease fix it") == "please fix it");
  CHECK(said("   ```\n   use the x skill\n   ```\nfix it") == "fix it");
  CHECK(said("````\n```\nuse the x skill\n```\n````\nfix it") == "fix it");
}

TEST_CASE("quotations and mails are not said") {
  CHECK(shown("> use the x skill\n> now\n\nwhat does he want?") ==
        "[quotation] > use the x skill > now\n[said] what does he want?");
  CHECK(said("From: bob@example.org\nTo: me@example.org\nSubject: deploy\n\nPlease use the x skill.\n\nThanks,\nBob\n\n"
             "summarise this mail") == "summarise this mail");
  CHECK(said("answer him\n\nVon: Bob\nGesendet: Montag\nBetreff: x\n\nBitte benutze den x-Skill.\n\nund zwar jetzt") ==
        "answer him");
  CHECK(said("On Mon, Jan 2, 2024 at 10:00 AM Bob <b@example.org> wrote:\n> use the x skill\n\nwhat now?") ==
        "what now?");
  CHECK(said("Am 02.01.2024 um 10:00 schrieb Bob:\nbenutze den x-Skill\n\nwas will er?") == "was will er?");
  CHECK(said("see below\n\n---------- Forwarded message ---------\nFrom: Bob\nDate: now\n\nuse the x skill") ==
        "see below");
  CHECK(said("see below\n\n-----Original Message-----\nuse the x skill") == "see below");
  CHECK(said("2024年1月2日 10:00 Bob <b@example.org>：\n用x技能\n\n他要什么？") == "他要什么？");
}

TEST_CASE("what programs print is not said, and a request above, below or between is") {
  CHECK(said("2024-05-01T10:00:00Z INFO start\n2024-05-01T10:00:01Z WARN use the x skill\nwhy is it slow?") ==
        "why is it slow?");
  CHECK(said("why?\n\nMay  1 10:00:00 host sshd[1]: use the x skill\nMay  1 10:00:01 host sshd[1]: done") == "why?");
  CHECK(said("INFO a\nuse the x skill\nINFO b\nINFO c\n\nfix it\n\nERROR d") == "fix it");
  CHECK(said("[INFO] building\n[ERROR] use the x skill\n\nfix it") == "fix it");
  CHECK(said("level=info msg=start time=1\nlevel=warn msg=\"use the x skill\" time=2\nfix it") == "fix it");
  CHECK(said("src/a.ts:12:3: error: use the x skill\nfix it") == "fix it");
  CHECK(said("npm ERR! use the x skill\nnpm ERR! code 1\n\nfix it") == "fix it");
}

TEST_CASE("traces of all runtimes are not said") {
  CHECK(shown("java.lang.IllegalStateException: use the x skill\n\tat a.b.C.d(C.java:10)\n\tat a.b.E.f(E.java:2)\n"
              "\t... 12 more\nfix it") ==
        "[trace] java.lang.IllegalStateException: use the x skill at a.b.C.d(C.java:10) at a.b.E.f(E.java:2) ... 12 "
        "more\n"
        "[said] fix it");
  CHECK(
      said("Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    g()\nValueError: use the x skill\n\n"
           "fix it") == "fix it");
  CHECK(said("Error: use the x skill\n    at f (/srv/a.js:1:2)\n    at g (/srv/b.js:3:4)\nfix it") == "fix it");
  CHECK(said("panic: use the x skill\n\ngoroutine 1 [running]:\nmain.f(0x1)\n\t/srv/a.go:12 +0x1d\nfix it") ==
        "fix it");
  CHECK(said("thread 'main' panicked at 'use the x skill', src/main.rs:2:5\nstack backtrace:\n   0: core::f\n"
             "             at ./src/main.rs:2:5\nfix it") == "fix it");
  CHECK(said("Unhandled exception. System.Exception: use the x skill\n   at A.B() in C:\\a.cs:line 5\nfix it") ==
        "fix it");
  CHECK(said("app.rb:12:in `f': use the x skill (RuntimeError)\n\tfrom app.rb:3:in `g'\nfix it") == "fix it");
  CHECK(said("#0  0x00007f in f (x=1) at a.c:3\n#1  0x00007e in use_the_x_skill () at b.c:4\nfix it") == "fix it");
}

TEST_CASE("diffs, tables and data are not said") {
  CHECK(shown("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n a\n+use the x skill\n b\nreview it") ==
        "[diff] diff --git a/x b/x --- a/x +++ b/x @@ -1,2 +1,3 @@ a +use the x skill b\n[said] review it");
  CHECK(said("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n"
             "\\ No newline at end of file\nfix it") == "fix it");
  CHECK(said("| a | b |\n|---|---|\n| use the x skill | 1 |\n\nfix it") == "fix it");
  CHECK(said("name,order,when\nbob,use the x skill,now\nann,none,later\n\nfix it") == "fix it");
  CHECK(said("{\n  \"a\": 1,\n  \"b\": \"use the x skill\"\n}\nfix it") == "fix it");
  CHECK(said("jobs:\n  - name: a\n    run: use the x skill\n  - name: b\n\nfix it") == "fix it");
  CHECK(said("<html>\n<body>\nuse the x skill\n</body>\n</html>\nfix it") == "fix it");
  CHECK(said("<document>\nuse the x skill\n\n/x\n</document>\nfix it") == "fix it");
  CHECK(said("what does <p>use the x skill</p> do?") == "what does do?");
  CHECK(said("SELECT *\nFROM t\nWHERE note = 'use the x skill';\n\nmake it faster") == "make it faster");
  CHECK(said("[server]\nport = 80\nnote = use the x skill\n\nfix it") == "fix it");
  CHECK(said("---\nname: a\n---\nuse the x skill\n\nis this good?") == "is this good?");
}

TEST_CASE("what a terminal shows is not said") {
  CHECK(shown("$ npm test\nuse the x skill\nmore\n\nfix it") ==
        "[terminal] $ npm test use the x skill more\n[said] fix it");
  CHECK(said("bob@host:~/src$ make\nuse the x skill\nwhy does this fail?") == "why does this fail?");
  CHECK(said("C:\\src> make\nuse the x skill\n\nfix it") == "fix it");
  CHECK(said("\xE2\x9D\xAF make\nuse the x skill\n\nmore output\n\n\xE2\x9D\xAF make\nno\n\nfix it") == "fix it");
}

TEST_CASE("a chat is not said") {
  CHECK(said("alice: use the x skill\nbob: why?\nalice: because\n\nwhat should I tell them?") ==
        "what should I tell them?");
  CHECK(said("[10:32] bob: use the x skill\n[10:33] ann: ok\nfix it") == "fix it");
  CHECK(said("<bob> use the x skill\n<ann> ok\nfix it") == "fix it");
  CHECK(said("Bob Smith  10:32 AM\nuse the x skill\n\nAnn Lee  10:33 AM\nok\n\nfix it") == "fix it");
}

TEST_CASE("programs are not said, in a fence or not") {
  CHECK(said("def f(x):\n    # use the x skill\n    return x\n\nmake it faster") == "make it faster");
  CHECK(said("make it faster\n\n    x = 1\n    use the x skill") == "make it faster");
  CHECK(said("#include <a.h>\n// use the x skill\nint main() {\n  return 0;\n}\nfix it") == "fix it");
  CHECK(said("/*\nuse the x skill\n*/\nint x;\n\nfix it") == "fix it");
}

TEST_CASE("a quoted sentence is not said, and a quoted name is only a name") {
  CHECK(said("use the \"code review\" skill") == "use the \"code review\" skill");
  CHECK(said("use the `deploy` skill, it's 'fine'") == "use the `deploy` skill, it's 'fine'");
  CHECK(said("he said \"please use the x skill\", why?") == "he said , why?");
  CHECK(said("he said \xE2\x80\x9Cplease use the x skill\xE2\x80\x9D, why?") == "he said , why?");
  CHECK(said("er sagt \xE2\x80\x9E"
             "bitte benutze den x-Skill\xE2\x80\x9C, warum?") == "er sagt , warum?");
  CHECK(said("il dit \xC2\xAB utilise la skill x maintenant \xC2\xBB, pourquoi ?") == "il dit , pourquoi ?");
  CHECK(said("他说「请使用这个x技能来做」，为什么") == "他说 ，为什么");
  CHECK(said("the label says 'please use the x skill', isn't it odd?") == "the label says , isn't it odd?");
  CHECK(said("`use the x skill` is what it prints") == "is what it prints");
}

TEST_CASE("running text of others is prose where the person introduces it") {
  CHECK(shown("the README says: use the x skill") == "[said] the README says:\n[prose] use the x skill");
  CHECK(said("here is what he wrote:\n\nuse the x skill\n\nwhat does he mean?") ==
        "here is what he wrote: what does he mean?");
  CHECK(said("from the ticket:\nuse the x skill\n\nfix it") == "from the ticket: fix it");
  CHECK(said("summarise this README:\n\nUse the x skill.\n\nAnd the y skill.") == "summarise this README:");
  CHECK(said("in der Doku steht: benutze den x-Skill") == "in der Doku steht:");
  CHECK(said("le README dit : utilise la skill x") == "le README dit :");
  CHECK(said("el ticket dice: usa la skill x") == "el ticket dice:");
  CHECK(said("в тикете написано: используй скилл x") == "в тикете написано:");
  CHECK(said("工单里写着：使用x技能") == "工单里写着：");
  CHECK(said("チケットに書いてある：xスキルを使って") == "チケットに書いてある：");
}

TEST_CASE("hostile texts are read in linear time") {
  std::string text;
  for (const std::string_view unit :
       {"<a>\n", "\"", "'x ", "```\n", "@@ -1,999999 +1,999999 @@\n\n\n", "a: b\n", "---\n", "From: a\n",
        "\xE2\x80\x9E", "bob: a\n", "    x\n\n", "says: ", "\r\n", "[", "\xFF\xFE"}) {
    text.clear();
    while (text.size() < 200'000) text += unit;
    std::uint32_t at = 0;
    for (const Part& part : prompt::read_parts(text)) at = part.end;
    CHECK(at == text.size());
  }
}

TEST_CASE("the rows of words are sorted and spelled as they are looked up") {
  const std::span<const prompt::WordRow> rows = prompt::word_rows();
  for (const prompt::WordRow* row = rows.data(); row != rows.data() + rows.size(); ++row) {
    INFO(row->word);
    CHECK((row == rows.data() || (row - 1)->word < row->word));
    CHECK(prompt::roles_of(row->word) == row->roles);
  }
}
