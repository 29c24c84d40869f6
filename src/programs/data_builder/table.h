// A table of rows as people write it. Lines that begin with "# " say what the rows mean and where they come from;
// lines that begin with "#= " say what the table becomes:
//
//   #= header secrets/words.h                  declares the function that returns the rows
//   #= rows cascade::secrets forms Form       a namespace, a function, and the type of one row
//   #= columns kind mark:phrase letters:Letters least:number example:-
//
// A column is text; `:phrase` text in which "_" is a blank; `:number` as it stands; `:-` is for readers and tests only;
// `:Name` a value of that enumeration. In a text \n, \t and \\ are what they are in C++, and
// in a phrase "\_" is the sign itself. A row may leave its last columns out.
// `#= sorted mark` sorts the rows by that column. Other shapes, in place of `rows`:
//
//   #= words cascade::prompt word_rows WordRow roles
//      rows of a role, a language and words; each word becomes one row with all its roles, sorted. "a~b" are two
//      words that need not be next to each other; "a" gets the role with "_begin" behind it, too. word_rows_from(first)
//      are the words that begin with this byte. With `#= of-languages` each word keeps its language: "en also"
//   #= lists cascade::validation::words
//      a header with one constant array of texts for each name: rows of a name and words, in which "_" is a blank. A
//      name may have several rows; no word is twice in its list
//   #= array cascade::tokens block_of std::uint8_t
//      the same as `rows`, as an array that the header declares `extern`: for tables that are read for every character
//   #= text cascade::recall rows_of_facts
//   #= between _
//      one text of the first columns of all rows; between them the sign, if any. "_" is a blank
//   #= constants cascade::client::codex_facts
//   #= version 0.169.0
//   #= row event Event events name seen:- kind:EventKind values:list
//   #= sorted name
//      a header with one constant array for each kind of row: the word with which such a row begins, the type and the
//      name of its array, and its columns. `:list` is words between blanks, as a span; `:flag` is "yes" or nothing.
//      `sorted` and what is twice in that column are meant for the kind above it. The version becomes a constant, too.
//      The header is included by the table's path, as "client/facts/codex.h"; that of lists, too
//   #= parts systems
//      more rows are in the tables of the same name in each folder of that folder, src/systems/NAME/. They have
//      comments and rows alone. A column `:place` is where a row stands among those of all tables: a number, or two
//      with a point between them. Rows with the same first number become one, whose lists are joined in that order; all
//      else in them is the same
#pragma once

#include <cstddef>
#include <istream>
#include <string>
#include <vector>

namespace cascade::data {

struct Column {
  std::string name, kind;  // kind: "", "phrase", "number", "flag", "list", "place", "-", or an enumeration
};

struct Row {
  std::size_t line = 0;  // counted on over the tables of which this one is made
  std::vector<std::string> cells;
};

// One of several kinds of row of a table: its rows begin with `word`.
struct RowKind {
  std::string word, type, array, sorted_by;
  std::vector<Column> columns;
};

struct Table {
  struct Part {
    std::string path;
    std::size_t lines_before = 0;
  };
  std::vector<Part> parts;  // the table itself, then those with more of its rows
  std::string path;
  std::string shape;  // rows, array, words, lists, text, constants
  std::string header, space, function, type, roles, sorted_by, between, version;
  std::vector<RowKind> kinds;
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::size_t comments = 0;
  std::vector<std::string> faults;  // "PATH:LINE: what is wrong"
  bool of_languages = false;        // words: the same word in two languages is two rows
  bool has_parts = false;
  std::size_t lines = 0;

  void fault(std::size_t line, const std::string& what);
};

Table read_table(std::istream& in, const std::string& path);
// Adds the rows of one more table.
void read_part(std::istream& in, const std::string& path, Table& table);

// The C++ source that defines a table's function. Adds a fault to the table for each row that does not fit its columns.
std::string source_text(Table& table);

}  // namespace cascade::data
