#include "comprehension/check/words.h"

#include <algorithm>
#include <iterator>

#include "text/ascii.h"
#include "text/words.h"

namespace cascade::comprehension {
namespace {

constexpr std::size_t shortest_name = 3, run_words = 3, least_runs = 6;

// Words with which any change can be described, and keywords. In order.
constexpr std::string_view empty_words[] = {
    "about",         "above",
    "absolutely",    "add",
    "added",         "adding",
    "additional",    "after",
    "again",         "all",
    "alternative",   "alternatives",
    "and",           "another",
    "any",           "app",
    "application",   "applied",
    "approach",      "approaches",
    "appropriate",   "are",
    "args",          "array",
    "auto",          "balance",
    "because",       "been",
    "before",        "behavior",
    "behaviour",     "being",
    "best",          "better",
    "block",         "bool",
    "boolean",       "both",
    "break",         "bug",
    "bugs",          "but",
    "can",           "careful",
    "carefully",     "case",
    "cases",         "change",
    "changed",       "changes",
    "char",          "check",
    "checks",        "chosen",
    "class",         "clean",
    "cleaner",       "code",
    "codebase",      "complex",
    "comprehensive", "comprehensively",
    "conclusion",    "consideration",
    "considered",    "const",
    "continue",      "correct",
    "correctly",     "could",
    "covered",       "current",
    "data",          "decision",
    "def",           "default",
    "design",        "did",
    "different",     "discussed",
    "does",          "done",
    "double",        "each",
    "easier",        "edge",
    "edges",         "efficiency",
    "efficient",     "else",
    "end",           "enhance",
    "enhances",      "ensure",
    "ensures",       "ensuring",
    "error",         "errors",
    "established",   "even",
    "every",         "everything",
    "exception",     "exceptions",
    "existing",      "expected",
    "experience",    "export",
    "extra",         "fail",
    "failed",        "failing",
    "fails",         "failure",
    "failures",      "false",
    "feature",       "file",
    "files",         "final",
    "first",         "fix",
    "fixed",         "fixes",
    "flow",          "for",
    "from",          "func",
    "function",      "functionality",
    "functions",     "future",
    "get",           "given",
    "good",          "graceful",
    "gracefully",    "handle",
    "handled",       "handles",
    "handling",      "has",
    "have",          "having",
    "heavier",       "here",
    "how",           "idiomatic",
    "impact",        "implementation",
    "implemented",   "import",
    "important",     "improve",
    "improved",      "improvement",
    "improves",      "include",
    "incorrect",     "industry",
    "info",          "input",
    "inputs",        "int",
    "into",          "introduce",
    "introduces",    "invalid",
    "involved",      "issue",
    "issues",        "its",
    "just",          "kept",
    "kind",          "know",
    "last",          "leverage",
    "leverages",     "line",
    "lines",         "list",
    "log",           "logic",
    "logs",          "long",
    "made",          "main",
    "maintain",      "maintainability",
    "maintainable",  "make",
    "makes",         "making",
    "many",          "may",
    "meaningful",    "meeting",
    "method",        "methods",
    "might",         "minimizing",
    "module",        "modules",
    "more",          "most",
    "must",          "name",
    "namespace",     "necessary",
    "need",          "needed",
    "needs",         "new",
    "next",          "nil",
    "none",          "not",
    "now",           "null",
    "number",        "object",
    "old",           "one",
    "only",          "option",
    "options",       "other",
    "otherwise",     "out",
    "output",        "outputs",
    "over",          "overall",
    "own",           "part",
    "pass",          "path",
    "pattern",       "patterns",
    "performance",   "personally",
    "possible",      "potential",
    "potentially",   "practice",
    "practices",     "preferable",
    "previous",      "previously",
    "private",       "problem",
    "problems",      "properly",
    "provide",       "provides",
    "public",        "quality",
    "readability",   "readable",
    "reason",        "refactor",
    "related",       "reliability",
    "remove",        "removed",
    "request",       "requirement",
    "requirements",  "result",
    "results",       "return",
    "returned",      "returning",
    "returns",       "robust",
    "robustness",    "run",
    "runs",          "safe",
    "same",          "scalability",
    "scalable",      "scenario",
    "scenarios",     "seamless",
    "selected",      "self",
    "set",           "should",
    "significantly", "simple",
    "simpler",       "simplest",
    "simplicity",    "since",
    "size",          "solution",
    "solutions",     "some",
    "something",     "stability",
    "standard",      "state",
    "static",        "std",
    "still",         "str",
    "string",        "struct",
    "such",          "sure",
    "system",        "take",
    "test",          "tested",
    "tests",         "than",
    "that",          "the",
    "their",         "them",
    "then",          "there",
    "these",         "they",
    "thing",         "things",
    "this",          "those",
    "through",       "thrown",
    "ticket",        "time",
    "trade",         "tradeoffs",
    "true",          "try",
    "two",           "type",
    "unexpected",    "update",
    "updated",       "updates",
    "use",           "used",
    "user",          "users",
    "uses",          "using",
    "valid",         "value",
    "values",        "var",
    "variable",      "various",
    "version",       "very",
    "void",          "was",
    "way",           "well",
    "were",          "what",
    "when",          "where",
    "which",         "while",
    "who",           "will",
    "with",          "without",
    "work",          "worked",
    "working",       "works",
    "would",         "wrong",
    "you",           "your",
};

// Endings of words, longest first: "retries", "retried" and "retry" are one word.
constexpr std::string_view endings[] = {"ies", "ied", "ing", "ers", "ion", "es", "ed", "er", "s", "y", "e"};
constexpr std::size_t shortest_stem = 3;

bool is_name_byte(char c) { return letters::is_word(c) || static_cast<unsigned char>(c) >= 0x80; }

void add_name(std::string_view word, std::set<std::string>& names) {
  if (word.size() < shortest_name || letters::is_digit(word.front())) return;
  std::string lower = letters::to_lower(word);
  if (!says_nothing(lower)) names.insert(std::move(lower));
}

// "max_retries", "maxRetries": the words in them.
void add_parts(std::string_view name, std::set<std::string>& names) {
  std::size_t begin = 0;
  for (std::size_t at = 1; at <= name.size(); ++at) {
    const bool ends =
        at == name.size() || name[at] == '_' || (letters::is_upper(name[at]) && !letters::is_upper(name[at - 1]));
    if (!ends) continue;
    add_name(name.substr(begin, at - begin), names);
    begin = at < name.size() && name[at] == '_' ? at + 1 : at;
  }
}

bool is_item(std::string_view line) {
  const std::string_view text = letters::trim_left(line);
  if (text.size() > 2 && (text.front() == '-' || text.front() == '*' || text.front() == '+') && text[1] == ' ')
    return true;
  std::size_t digits = 0;
  while (digits < text.size() && letters::is_digit(text[digits])) ++digits;
  return digits > 0 && digits + 1 < text.size() && (text[digits] == '.' || text[digits] == ')') &&
         text[digits + 1] == ' ';
}

// "src/a.cpp:12", "src/a.cpp:12-20"
bool is_place(std::string_view word) {
  const std::size_t colon = word.rfind(':');
  return colon != std::string_view::npos && colon + 1 < word.size() && letters::is_digit(word[colon + 1]) &&
         word.substr(0, colon).find_first_of("./") != std::string_view::npos;
}

}  // namespace

std::string stem_of(std::string_view word) {
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view ending : endings) {
      if (word.size() < ending.size() + shortest_stem || word.substr(word.size() - ending.size()) != ending) continue;
      word.remove_suffix(ending.size());
      found = true;
      break;
    }
  }
  return std::string(word);
}

bool says_nothing(std::string_view word) {
  return std::binary_search(std::begin(empty_words), std::end(empty_words), word);
}

std::vector<std::string> prose_words(std::string_view text) {
  std::string plain;
  bool in_code = false;
  for (const char c : text) {
    if (c == '`') in_code = !in_code;
    plain += in_code || c == '`' ? ' ' : c;
  }
  std::string without_places;
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t begin = plain.find_first_not_of(" \t\r\n", at);
    if (begin == std::string::npos) break;
    at = std::min(plain.find_first_of(" \t\r\n", begin), plain.size());
    const std::string_view word = std::string_view(plain).substr(begin, at - begin);
    if (!is_place(word)) without_places.append(word).push_back(' ');
  }
  std::vector<std::string> words;
  for (letters::WordCursor cursor(without_places); cursor.next();) words.push_back(letters::to_lower(cursor.word()));
  return words;
}

void add_names(std::string_view line, std::set<std::string>& names) {
  for (std::size_t at = 0; at < line.size();) {
    if (!is_name_byte(line[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < line.size() && is_name_byte(line[end])) ++end;
    const std::string_view name = line.substr(at, end - at);
    add_name(name, names);
    add_parts(name, names);
    at = end;
  }
}

std::vector<std::string> spans_of(std::string_view text) {
  std::vector<std::string> spans;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char mark = text[at];
    if (mark != '`' && mark != '"') continue;
    const std::size_t end = text.find(mark, at + 1);
    const std::size_t line = text.find("\n\n", at + 1);
    if (end == std::string_view::npos) continue;
    if (line < end) continue;  // a mark without its other one
    std::string span(letters::trim(text.substr(at + 1, end - at - 1)));
    if (!span.empty() && std::find(spans.begin(), spans.end(), span) == spans.end()) spans.push_back(std::move(span));
    at = end;
  }
  return spans;
}

std::vector<std::string> bare_names_of(std::string_view text) {
  constexpr std::size_t shortest = 6;
  std::vector<std::string> names;
  bool is_quoted = false;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '`') is_quoted = !is_quoted;
    std::size_t end = at;
    bool is_of_code = false;
    for (; end < text.size() && letters::is_word(text[end]); ++end)
      is_of_code |=
          end > at && (text[end] == '_' || (letters::is_upper(text[end]) && letters::is_lower(text[end - 1])));
    const std::string name(text.substr(at, end - at));
    if (is_of_code && !is_quoted && name.size() >= shortest &&
        std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
    at = std::max(end, at + 1);
  }
  return names;
}

std::vector<std::string> items_of(std::string_view text) {
  std::vector<std::string> items;
  bool any = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (is_item(line)) {
      any = true;
      items.emplace_back(line);
    } else if (any && !letters::trim(line).empty() && letters::is_space(line.front())) {
      items.back() += '\n' + std::string(line);
    }
  }
  if (!any && !letters::trim(text).empty()) items.emplace_back(text);
  return items;
}

unsigned overlap(std::string_view text, const std::vector<std::string>& other_words) {
  const std::vector<std::string> words = prose_words(text);
  if (words.size() < run_words + least_runs - 1 || other_words.size() < run_words) return 0;
  std::set<std::string> runs;
  for (std::size_t i = 0; i + run_words <= other_words.size(); ++i)
    runs.insert(other_words[i] + ' ' + other_words[i + 1] + ' ' + other_words[i + 2]);
  std::size_t found = 0, all = 0;
  for (std::size_t i = 0; i + run_words <= words.size(); ++i, ++all)
    found += runs.count(words[i] + ' ' + words[i + 1] + ' ' + words[i + 2]);
  return static_cast<unsigned>(found * 100 / all);
}

}  // namespace cascade::comprehension
