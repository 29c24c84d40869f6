// A shell script as a tree, as bash would read it, as far as that decides which commands run where.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cascade::shell {

struct Statement;
struct Word;

struct Script {
  std::vector<Statement> statements;

  Script();
  Script(Script&&) noexcept;
  Script& operator=(Script&&) noexcept;
  ~Script();
};

enum class PartKind : std::uint8_t {
  text,        // characters, quotes removed
  parameter,   // $NAME, ${NAME...}
  command,     // $(...), `...`
  arithmetic,  // $((...))
  process,     // <(...), >(...)
};

struct Part {
  PartKind kind = PartKind::text;
  bool quoted = false;             // not split into words or matched against file names
  std::string text;                // text: the characters; parameter: its name, empty for more than a name
  std::string operation;           // parameter: the operator after the name: ":-", "%", "[" ...; empty for $NAME
  std::unique_ptr<Word> argument;  // parameter: what follows the operator
  std::unique_ptr<Script> script;  // command, process
};

struct Word {
  std::vector<Part> parts;
};

struct Assignment {
  std::string name;
  bool appends = false;        // NAME+=value
  bool is_list = false;        // NAME=(...) or NAME[...]=value
  Word value;                  // of an assignment that is no list
  std::vector<Word> elements;  // of a list
};

enum class RedirectionKind : std::uint8_t { input, output, append, both, duplicate, here_document, here_string };

struct Redirection {
  RedirectionKind kind = RedirectionKind::input;
  int descriptor = -1;         // -1: the one that the operator implies
  Word target;                 // a file, a descriptor, or the text of a here-string
  std::unique_ptr<Word> body;  // here_document
};

enum class CommandKind : std::uint8_t {
  simple,
  group,       // { ...; }
  subshell,    // ( ... )
  condition,   // if
  loop,        // while, until
  iteration,   // for, select
  choice,      // case
  function,    // NAME() ...
  test,        // [[ ... ]]
  arithmetic,  // (( ... ))
  background,  // coproc
};

struct Command {
  CommandKind kind = CommandKind::simple;
  std::vector<Assignment> assignments{};  // simple; also after export, declare ...
  std::vector<Word> words{};              // simple, test; iteration: the items; choice: the subject
  std::vector<Redirection> redirections{};
  std::vector<Script> bodies{};  // condition: condition, then, condition, then ..., else; loop: condition, body
  std::string name{};            // iteration: the variable; function: its name
  bool until = false;            // loop: runs while its condition fails
  bool has_items = false;        // iteration: has "in"; without it, the loop goes over "$@"
};

struct Pipeline {
  bool negated = false;
  std::vector<Command> commands;
};

// Pipelines joined by && and ||.
struct Statement {
  std::vector<Pipeline> pipelines;
  std::vector<bool> needs_success;  // between pipeline i and i + 1: true for &&, false for ||
  bool background = false;
};

// A script, and whether all of the text was understood.
struct Reading {
  Script script;
  bool complete = true;
  std::size_t fault_offset = 0;  // in bytes
  std::string fault;             // what was expected there
  bool is_too_deep = false;      // a shell would read on
};

// Reads `text` as bash does. Never fails and never throws: if the text is not a script, or nests deeper than 64,
// `complete` is false and the script holds everything before the fault. Linear in the text.
Reading read(std::string_view text);

}  // namespace cascade::shell
