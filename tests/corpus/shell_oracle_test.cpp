// Generated commands read by us and by shfmt: the same simple commands with the same words, or a word that both call
// unknown.
#include <catch2/catch.hpp>

#include "scratch_folder.h"
#include "shell/script.h"
#include "syntax/json.h"
#include "unit/seeded_random.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

using namespace cascade;

namespace {

using test::SeededRandom;
using Commands = std::vector<std::string>;  // a line each, in no order

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  char buffer[1 << 16];
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  pclose(pipe);
  return out;
}

// --- commands that are valid, by a grammar ---

struct Generator {
  SeededRandom random;
  int depth = 0;

  template <std::size_t n>
  std::string one_of(const char* const (&texts)[n]) {
    return texts[random.below(n)];
  }

  std::string literal() {
    return one_of({"git",    "commit", "-C",    "../lib", "a",   "x=y",   "--all",
                   "HEAD~1", "main",   "*.txt", "[a-z]",  "~/x", "{a,b}", "1",
                   "time",   "in",     "do",    "if",     "a#b", "%s",    "refs/heads/*:refs/*",
                   "é",      "a:b",    "+x",    ","});
  }

  std::string quoted() {
    return one_of({"'a b'", "'; git push'", "'$x `y`'", "'a\nb'", "\"a b\"", "\"a; 'b'\"",
                   "\"\\\"q\\\" \\$x \\\\ \\a\"", "\"\"", "''", "$'a\\tb'", "$'\\x2e\\x2e/lib'", "$'it\\'s'",
                   "\"a\\\nb\"", "\"# no comment\"", "\"&& ||\""});
  }

  std::string expansion() {
    switch (random.below(depth > 3 ? 5 : 9)) {
      case 0: return "$x";
      case 1: return "${x}";
      case 2: return "\"$x/y\"";
      case 3: return one_of({"${x:-a b}", "\"${x%/}\"", "${#x}", "\"${x:+'q'}\"", "${x//a/b}", "$?", "\"$@\"", "$1"});
      case 4: return one_of({"$((1 + 2))", "$((x * (y - 1)))"});
      case 5: return "$(" + list() + ")";
      case 6: return "\"$(" + list() + ")\"";
      case 7: return "\"a $(" + list() + ") b\"";
      default: return "<(" + list() + ")";
    }
  }

  std::string word() {
    std::string text;
    const std::uint32_t pieces = random.chance(85) ? 1 : 2;
    for (std::uint32_t i = 0; i < pieces; ++i) {
      const std::uint32_t kind = random.below(10);
      std::string piece = kind < 6   ? literal()
                          : kind < 8 ? quoted()
                          : kind < 9 ? one_of({"\\;", "a\\ b", "\\$x", "\\\\", "\\'"})
                                     : expansion();
      if (i > 0 && (piece[0] == '<' || piece[0] == '~' || piece[0] == '(' || piece.find('#') != std::string::npos))
        piece = "z";
      text += piece;
    }
    return text;
  }

  std::string redirection() {
    return one_of(
        {" > out", " 2>&1", " >> log", " < in", " &> all", " 2>/dev/null", " >| out", " <<< text", " >&2", " 3<> f"});
  }

  std::string simple() {
    std::string text;
    while (random.one_in(8)) text += one_of({"A=1 ", "B= ", "C='a b' ", "D=\"$x\" ", "E+=x "});
    text += one_of({"git", "echo", "/usr/bin/git", "\\git", "cd", "'git'", "sudo", "env", "make", "./run"});
    for (std::uint32_t words = random.below(5); words > 0; --words) text += " " + word();
    if (random.one_in(6)) text += redirection();
    return text;
  }

  std::string compound() {
    switch (random.below(9)) {
      case 0: return "(" + list() + ")";
      case 1: return "{ " + list() + "; }";
      case 2: return "if " + list() + "; then " + list() + "; fi";
      case 3:
        return "if " + list() + "; then " + list() + "; elif " + list() + "; then " + list() + "; else " + list() +
               "; fi";
      case 4: return "for i in " + word() + " b; do " + list() + "; done";
      case 5: return "while " + list() + "; do " + list() + "; done";
      case 6: return "case " + word() + " in a|b) " + list() + ";; *) " + list() + " ;; esac";
      case 7: return "f() { " + list() + "; }";
      default: return "until " + list() + "\ndo\n" + list() + "\ndone";
    }
  }

  std::string command() {
    ++depth;
    const std::string text = depth < 4 && random.one_in(7) ? compound() : simple();
    --depth;
    return text;
  }

  std::string pipeline() {
    std::string text = random.one_in(15) ? "! " : "";
    text += command();
    while (random.one_in(6)) text += " | " + command();
    return text;
  }

  std::string list() {
    ++depth;
    std::string text = pipeline();
    while (random.one_in(4)) text += one_of({" && ", " || ", "; ", "\n", " && \\\n  "}) + pipeline();
    --depth;
    return text;
  }

  // With here-documents, whose text begins behind the line.
  std::string line() {
    std::string text = list();
    if (random.one_in(10))
      text = "cat > f <<'E' && " + simple() + "\na 'b $(git push)\nE";
    else if (random.one_in(15))
      text = "cat <<-E | " + simple() + "\n\tx \\$y `git log`\n\tE";
    else if (random.one_in(12))
      text += " # git push";
    return text;
  }
};

// --- ours ---

void gather(const shell::Script& script, Commands& all);

void gather(const shell::Word& word, Commands& all) {
  for (const shell::Part& part : word.parts) {
    if (part.script) gather(*part.script, all);
    if (part.argument) gather(*part.argument, all);
  }
}

std::string written(const shell::Word& word) {
  std::string text = "<";
  for (const shell::Part& part : word.parts) {
    if (part.kind != shell::PartKind::text) return "?";
    text += part.text;
  }
  return text + ">";
}

void gather(const shell::Command& command, Commands& all) {
  if (command.kind == shell::CommandKind::simple) {
    std::string line;
    for (const shell::Assignment& assignment : command.assignments)
      line += assignment.name + "=" + written(assignment.value) + " ";
    for (const shell::Word& word : command.words) line += written(word) + " ";
    all.push_back(line);
  }
  for (const shell::Assignment& assignment : command.assignments) {
    gather(assignment.value, all);
    for (const shell::Word& element : assignment.elements) gather(element, all);
  }
  for (const shell::Word& word : command.words) gather(word, all);
  for (const shell::Redirection& redirection : command.redirections) {
    gather(redirection.target, all);
    if (redirection.body) gather(*redirection.body, all);
  }
  for (const shell::Script& body : command.bodies) gather(body, all);
}

void gather(const shell::Script& script, Commands& all) {
  for (const shell::Statement& statement : script.statements)
    for (const shell::Pipeline& pipeline : statement.pipelines)
      for (const shell::Command& command : pipeline.commands) gather(command, all);
}

// --- theirs ---

using syntax::Node;
using syntax::NodeKind;

std::string member(const Node& node, std::string_view key) {
  const Node* found = node.find(key);
  return found == nullptr ? std::string() : found->text;
}

// A literal as it is written, without its backslashes; `in_quotes`: of a double-quoted string.
std::string unescaped(const std::string& text, bool in_quotes) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      const char next = text[i + 1];
      if (next == '\n') {
        ++i;
        continue;
      }
      if (!in_quotes || next == '$' || next == '`' || next == '"' || next == '\\') ++i;
    }
    result += text[i];
  }
  return result;
}

// The escapes that the generator uses.
std::string ansi(std::string text) {
  for (const auto& [from, to] : {std::pair<std::string, std::string>{"\\t", "\t"}, {"\\x2e", "."}, {"\\'", "'"}})
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from))
      text.replace(at, from.size(), to);
  return text;
}

std::string word_text(const Node* word) {
  std::string text = "<";
  const Node* parts = word == nullptr ? nullptr : word->find("Parts");
  if (parts == nullptr) return "<>";
  for (const Node& part : parts->items) {
    const std::string type = member(part, "Type");
    if (type == "Lit") {
      text += unescaped(member(part, "Value"), false);
    } else if (type == "SglQuoted") {
      text += part.find("Dollar") != nullptr && part.find("Dollar")->text == "true" ? ansi(member(part, "Value"))
                                                                                    : member(part, "Value");
    } else if (type == "DblQuoted") {
      if (const Node* inner = part.find("Parts"))
        for (const Node& piece : inner->items) {
          if (member(piece, "Type") != "Lit") return "?";
          text += unescaped(member(piece, "Value"), true);
        }
    } else {
      return "?";
    }
  }
  return text + ">";
}

void gather(const Node& node, Commands& all) {
  if (node.kind == NodeKind::map && member(node, "Type") == "CallExpr") {
    std::string line;
    if (const Node* assignments = node.find("Assigns"))
      for (const Node& assignment : assignments->items)
        line += member(*assignment.find("Name"), "Value") + "=" + word_text(assignment.find("Value")) + " ";
    if (const Node* words = node.find("Args"))
      for (const Node& word : words->items) line += word_text(&word) + " ";
    all.push_back(line);
  }
  for (const Node& item : node.items) gather(item, all);
}

Commands by_shfmt(const std::string& text) {
  const test::ScratchFolder folder;
  std::ofstream(folder.path + "/lines.sh") << text;
  const std::string json = output_of("shfmt -ln bash -tojson < " + folder.path + "/lines.sh 2>&1");
  syntax::NodeLimits limits{std::size_t{64} << 20, 400, 8'000'000, 0};
  const syntax::Parsed parsed = syntax::parse_json(json, limits);
  if (parsed.root.kind != NodeKind::map) return {"shfmt: " + json.substr(0, 200)};
  Commands all;
  gather(parsed.root, all);
  return all;
}

Commands by_us(const std::string& text) {
  const shell::Reading reading = shell::read(text);
  if (!reading.complete) return {"we: " + reading.fault + " at byte " + std::to_string(reading.fault_offset)};
  Commands all;
  gather(reading.script, all);
  return all;
}

std::string sorted(Commands commands) {
  std::sort(commands.begin(), commands.end());
  std::string text;
  for (const std::string& command : commands) text += command + "\n";
  return text;
}

}  // namespace

// CASCADE_SOAK=N multiplies the number of commands by N.
TEST_CASE("10,000 generated commands are read as shfmt reads them") {
  if (std::system("shfmt --version > /dev/null 2>&1") != 0) {
    WARN("shfmt is not there: skipped");
    return;
  }
  const char* soak = std::getenv("CASCADE_SOAK");
  const int rounds = 40 * (soak == nullptr ? 1 : std::max(1, std::atoi(soak)));
  constexpr int lines_a_round = 250;  // one run of shfmt each
  std::size_t compared = 0;
  for (int round = 0; round < rounds; ++round) {
    Generator generator{{static_cast<std::uint64_t>(round) + 21}};
    std::vector<std::string> lines;
    std::string text;
    for (int i = 0; i < lines_a_round; ++i) {
      lines.push_back(generator.line());
      text += lines.back() + "\n";
    }
    compared += lines.size();
    const Commands theirs = by_shfmt(text);
    if (sorted(theirs) == sorted(by_us(text))) continue;
    for (const std::string& line : lines) {
      INFO(line);
      REQUIRE(sorted(by_us(line)) == sorted(by_shfmt(line)));
    }
    FAIL("the lines differ together and not alone");
  }
  CHECK(compared == static_cast<std::size_t>(rounds) * lines_a_round);
}
