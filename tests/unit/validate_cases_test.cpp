// Trees and what is found in them, as texts: tests/unit/validate_cases/*.txt.
//
//   #: what the case shows                begins a case
//   profile: cascade                      claude-code when there is none; also listing: N, bundle: N, knows agent NAME
//   = skills/a/SKILL.md                   begins a file; (program) and (link TARGET) may follow the path
//   {skill a | fields: here}              front matter without faults; also {agent a}, {command}
//   text <== CT001, SEC007=info           the findings of a line, which are no part of it; the severity may be given
//   = skills/x.md <== ID009               a finding about a whole file
//   => BD002 .                            one at any other path
//
// Everything that is not foretold is a failure. {U+202E} is a character, {0xE9} a byte, {x*300} a repetition.
#include "text_lines.h"
#include "unit/validate_tree.h"

#include "source_folder.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace cascade {
namespace {

namespace fs = std::filesystem;
using test::lines_of;
using test::ValidatedTree;

bool starts_with(const std::string& text, std::string_view start) { return text.compare(0, start.size(), start) == 0; }

// "skill minutes | tools: Read" as front matter; the fields are separated by " | ". No two give one description.
std::string front_matter(const std::string& inside, std::size_t number) {
  const std::size_t bar = std::min(inside.find(" | "), inside.size()), blank = inside.find(' ');
  const std::string kind = inside.substr(0, std::min(blank, bar));
  const std::string name = blank < bar ? inside.substr(blank + 1, bar - blank - 1) : "minutes";
  std::string out = "---\n" + (kind == "command" ? std::string() : "name: " + name + "\n") +
                    "description: Writes down what " + name + " decided at meeting number " + std::to_string(number) +
                    ". Use when one has ended.\n";
  for (std::size_t at = bar; at < inside.size();) {
    const std::size_t end = std::min(inside.find(" | ", at + 3), inside.size());
    out += inside.substr(at + 3, end - at - 3) + "\n";
    at = end;
  }
  return out + "---";
}

// The text for what stands between braces; nothing when it is meant as it stands.
std::optional<std::string> expanded(const std::string& inside, std::size_t number) {
  std::string out;
  for (const char* kind : {"skill", "agent", "command"})
    if (starts_with(inside, kind) &&
        (inside.size() == std::string_view(kind).size() || inside[std::string_view(kind).size()] == ' '))
      return front_matter(inside, number);
  if (starts_with(inside, "U+")) {
    unicode::append(out, static_cast<char32_t>(std::stoul(inside.substr(2), nullptr, 16)));
    return out;
  }
  if (starts_with(inside, "0x")) return std::string(1, static_cast<char>(std::stoul(inside.substr(2), nullptr, 16)));
  const std::size_t star = inside.rfind('*');
  if (star == std::string::npos || star == 0 || star + 1 == inside.size() ||
      inside.find_first_not_of("0123456789", star + 1) != std::string::npos)
    return std::nullopt;
  std::string unit = inside.substr(0, star);
  for (std::size_t at = unit.find("\\n"); at != std::string::npos; at = unit.find("\\n")) unit.replace(at, 2, "\n");
  for (unsigned long i = std::stoul(inside.substr(star + 1)); i > 0; --i) out += unit;
  return out;
}

std::size_t partner_of(const std::string& line, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < line.size(); ++i) {
    depth += line[i] == '{' ? 1 : line[i] == '}' ? -1 : 0;
    if (depth == 0) return i;
  }
  return std::string::npos;
}

std::string expand(const std::string& line, std::size_t number) {
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t close = line[at] == '{' ? partner_of(line, at) : std::string::npos;
    const auto text = close == std::string::npos ? std::nullopt : expanded(line.substr(at + 1, close - at - 1), number);
    out += text ? *text : line.substr(at, 1);
    at = text ? close + 1 : at + 1;
  }
  return out;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    parts.emplace_back(letters::trim(std::string_view(list).substr(at, end - at)));
    at = end + 1;
  }
  return parts;
}

struct Case {
  std::string title, path, text;
  std::uint32_t line = 1;
  std::size_t files = 0;
  bool program = false;
  std::vector<std::string> foretold;
  ValidatedTree tree;

  // Takes " <== RULES" off the line.
  std::string without_findings(const std::string& written, std::uint32_t at) {
    const std::size_t arrow = written.rfind(" <== ");
    if (arrow == std::string::npos) return written;
    for (const std::string& rule : split(written.substr(arrow + 5))) {  // FM001, or FM001@3 for another line
      const std::size_t sign = std::min(rule.find('@'), rule.size());
      foretold.push_back(rule.substr(0, sign) + " " + path + ":" +
                         (sign < rule.size() ? rule.substr(sign + 1) : std::to_string(at)));
    }
    return written.substr(0, arrow);
  }

  void begin_file(const std::string& rest) {
    end_file();
    ++files;
    const std::size_t end = std::min({rest.find(" ("), rest.find(" <== "), rest.size()});
    path = expand(rest.substr(0, end), files);
    const std::string note = without_findings(rest, 0).substr(end);
    program = note == " (program)";
    if (starts_with(note, " (link ")) {
      tree.link(path, note.substr(7, note.size() - 8));
      path.clear();
    }
  }

  void end_file() {
    if (path.empty()) return;
    program ? tree.program(path, text) : tree.file(path, text);
    path.clear();
    text.clear();
    line = 1;
  }

  void add(const std::string& written) {
    if (starts_with(written, "= ")) return begin_file(written.substr(2));
    if (starts_with(written, "=> ")) {
      end_file();
      foretold.push_back(written.substr(3));
    } else if (path.empty()) {
      if (starts_with(written, "profile: ")) tree.policy.profile = written.substr(9);
      if (starts_with(written, "listing: "))
        tree.policy.limits.listing_budget = static_cast<std::uint32_t>(std::stoul(written.substr(9)));
      if (starts_with(written, "bundle: "))
        tree.policy.limits.bundle_budget = static_cast<std::uint32_t>(std::stoul(written.substr(8)));
      if (starts_with(written, "knows agent ")) tree.policy.known.agents.push_back(written.substr(12));
    } else {
      const std::string shown = expand(without_findings(written, line), files) + "\n";
      line += static_cast<std::uint32_t>(std::count(shown.begin(), shown.end(), '\n'));
      text += shown;
    }
  }

  // Empty, or what differs.
  std::string run() {
    end_file();
    std::string out;
    std::vector<std::string> left = foretold;
    for (const Diagnostic& finding : tree.validate().found) {
      const std::string path = " " + finding.at.path, place = finding.rule + path;
      const std::string line = ":" + std::to_string(finding.at.line);
      auto met = std::find(left.begin(), left.end(), place + line);
      if (met == left.end())
        met = std::find(left.begin(), left.end(),
                        finding.rule + "=" + std::string(to_string(finding.severity)) + path + line);
      if (met == left.end()) met = std::find(left.begin(), left.end(), place);
      if (met == left.end())
        out += "    found " + place + ":" + std::to_string(finding.at.line) + " " + finding.message + "\n";
      else
        left.erase(met);
    }
    for (const std::string& missed : left) out += "    missed " + missed + "\n";
    return out.empty() ? out : "  " + title + "\n" + out;
  }
};

std::string failures_of(const fs::path& file, std::size_t& cases) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  std::string out;
  Case current;
  const auto end = [&] {
    if (current.title.empty()) return;
    ++cases;
    out += current.run();
    current = {};
  };
  for (const std::string& line : lines_of(text)) {
    if (starts_with(line, "#: ")) {
      end();
      current.title = line.substr(3);
    } else if (!current.title.empty()) {
      current.add(line);
    }
  }
  end();
  return out;
}

}  // namespace

TEST_CASE("every tree of the written cases has the findings that stand in it, and no others") {
  std::size_t cases = 0;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(test::source_folder() + "/tests/unit/validate_cases")) {
    INFO(entry.path().filename().string());
    CHECK(failures_of(entry.path(), cases) == "");
  }
  CHECK(cases > 260);
}

}  // namespace cascade
