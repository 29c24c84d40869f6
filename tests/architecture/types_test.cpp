// One type, one definition: two headers that define the same name differently compile until a source includes both, and
// link even then. This reads the definitions of src/ and include/ and finds names that one namespace has twice.
#include <catch2/catch.hpp>
#include <cctype>
#include <map>
#include <string_view>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

bool is_word_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The end of the comment, literal or preprocessor line that begins at `at`; `at` when none does.
std::size_t end_of_passage(std::string_view text, std::size_t at) {
  const auto after = [&](std::string_view end, std::size_t from) {
    const std::size_t found = text.find(end, from);
    return found == std::string_view::npos ? text.size() : found + end.size();
  };
  if (text.compare(at, 2, "//") == 0) return after("\n", at);
  if (text.compare(at, 2, "/*") == 0) return after("*/", at + 2);
  if (text[at] == '#') {
    std::size_t end = after("\n", at);
    while (end < text.size() && text.compare(end - 2, 2, "\\\n") == 0) end = after("\n", end);
    return end;
  }
  if (text.compare(at, 2, "R\"") == 0) {
    const std::size_t open = text.find('(', at);
    if (open == std::string_view::npos) return text.size();
    return after(")" + std::string(text.substr(at + 2, open - at - 2)) + "\"", open);
  }
  if (text[at] == '\'' && at > 0 && is_word_byte(text[at - 1])) return at + 1;  // 1'000
  if (text[at] != '"' && text[at] != '\'') return at;
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == text[at])
      return i + 1;
  }
  return text.size();
}

// Identifiers, "::" and single characters; no comments, literals, preprocessor lines and [[attributes]].
std::vector<std::string> tokens_of(std::string_view text) {
  std::vector<std::string> tokens;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t end = end_of_passage(text, at); end != at) {
      at = end;
    } else if (text.compare(at, 2, "[[") == 0) {
      at = std::min(text.find("]]", at), text.size() - 2) + 2;
    } else if (is_word_byte(text[at])) {
      std::size_t stop = at;
      while (stop < text.size() && is_word_byte(text[stop])) ++stop;
      tokens.emplace_back(text.substr(at, stop - at));
      at = stop;
    } else if (text.compare(at, 2, "::") == 0) {
      tokens.emplace_back("::");
      at += 2;
    } else {
      if (std::isspace(static_cast<unsigned char>(text[at])) == 0) tokens.emplace_back(1, text[at]);
      ++at;
    }
  }
  return tokens;
}

bool opens_a_type(const std::vector<std::string>& tokens, std::size_t at) {
  const std::string& word = tokens[at];
  if (word != "struct" && word != "class" && word != "union" && word != "enum") return false;
  const std::string before = at == 0 ? std::string() : tokens[at - 1];
  return before != "<" && before != "," && before != "friend" && before != "enum";
}

// Where the "{" of the definition stands that begins at `at`; 0 when it is a declaration or a specialisation.
std::size_t brace_of_definition(const std::vector<std::string>& tokens, std::size_t at) {
  std::size_t next = at + 1;
  if (next < tokens.size() && tokens[next] == "final") ++next;
  if (next >= tokens.size() || (tokens[next] != "{" && tokens[next] != ":")) return 0;
  while (next < tokens.size() && tokens[next] != "{" && tokens[next] != ";") ++next;
  return next < tokens.size() && tokens[next] == "{" ? next : 0;
}

// "namespace::Type" of each type that a text defines in a namespace with a name. What stands in an unnamed namespace,
// in a class or in a function is nobody else's.
std::vector<std::string> types_in(std::string_view text) {
  const std::vector<std::string> tokens = tokens_of(text);
  std::vector<std::string> types, scopes;  // a scope that is no named namespace is ""
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i] == "namespace") {
      std::string name;
      std::size_t end = i + 1;
      for (; end < tokens.size() && (tokens[end] == "::" || is_word_byte(tokens[end][0])); ++end)
        if (name.empty() || tokens[end] == "::" || tokens[end - 1] == "::")
          name += tokens[end];  // not a macro behind it
      if (end < tokens.size() && tokens[end] == "{") scopes.push_back(name.empty() ? "" : name + "::");
      i = end;
    } else if (opens_a_type(tokens, i)) {
      const bool scoped = tokens[i] == "enum" && i + 1 < tokens.size() && tokens[i + 1] == "class";
      const std::size_t name = i + (scoped ? 2 : 1);
      const std::size_t brace = name < tokens.size() ? brace_of_definition(tokens, name) : 0;
      if (brace == 0) continue;
      std::string full;
      bool named = true;
      for (const std::string& scope : scopes) full += scope, named = named && !scope.empty();
      if (named) types.push_back(full + tokens[name]);
      scopes.emplace_back();
      i = brace;
    } else if (tokens[i] == "{") {
      scopes.emplace_back();
    } else if (tokens[i] == "}" && !scopes.empty()) {
      scopes.pop_back();
    }
  }
  return types;
}

std::vector<std::string> defined_twice(const std::vector<SourceFile>& files) {
  std::map<std::string, std::vector<std::string>> where;
  for (const SourceFile& file : files)
    for (const std::string& type : types_in(file.text)) where[type].push_back(file.path);
  std::vector<std::string> faults;
  for (const auto& [type, paths] : where) {
    if (paths.size() < 2) continue;
    std::string fault = type + ":";
    for (const std::string& path : paths) fault += " " + path;
    faults.push_back(fault);
  }
  return faults;
}

TEST_CASE("types are read with the namespace that they are defined in") {
  CHECK(types_in("namespace [[deprecated]] a::b EXPORTED {\n"
                 "struct One { struct Inner {}; };\n"
                 "enum class Two : int { x };\n"
                 "class Three final : public Base<int> {};\n"
                 "struct Later;\n"
                 "template <class T> struct Four {};\n"
                 "template <> struct Four<int> {};\n"
                 "namespace { struct Hidden {}; }\n"
                 "void f(struct Later* later) { struct Local {}; }\n"
                 "// struct Comment {};\n"
                 "const char* text = \"struct Text {\", brace = '{';\n"
                 "}  // namespace a::b\n"
                 "struct Five {};\n") ==
        std::vector<std::string>{"a::b::One", "a::b::Two", "a::b::Three", "a::b::Four", "Five"});
}

TEST_CASE("a type that two files define in one namespace is found") {
  const std::vector<SourceFile> files = {{"src/m/a.h", "namespace m {\nstruct A { int x; };\n}\n"},
                                         {"src/n/a.h", "namespace m {\nstruct A { char y; };\n}\n"},
                                         {"src/n/b.h", "namespace n {\nstruct A {};\n}\n"},
                                         {"src/n/b.cpp", "namespace n {\nstruct A;\nnamespace { struct A {}; }\n}\n"}};
  CHECK(listed(defined_twice(files)) == "m::A: src/m/a.h src/n/a.h");
}

TEST_CASE("no type is defined twice in one namespace") {
  std::vector<SourceFile> files = sources_below("include");
  for (SourceFile& file : sources_below("src")) files.push_back(std::move(file));
  CHECK(listed(defined_twice(files)) == "");
}

}  // namespace
}  // namespace cascade::architecture
