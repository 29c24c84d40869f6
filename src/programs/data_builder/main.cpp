// cascade-data TABLE OUTPUT [PART...]: compiles a table of rows (.tsv) into a C++ source with the same rows as
// constants.
#include <fstream>
#include <iostream>

#include "data_builder/table.h"

int main(int count, char** words) {
  if (count < 3) {
    std::cerr << "usage: cascade-data TABLE OUTPUT [PART...]\n";
    return 2;
  }
  const std::string path = words[1];
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::cerr << path << ": cannot be read\n";
    return 3;
  }
  cascade::data::Table table = cascade::data::read_table(in, path);
  for (int i = 3; i < count; ++i) {
    std::ifstream part(words[i], std::ios::binary);
    if (!part) {
      std::cerr << words[i] << ": cannot be read\n";
      return 3;
    }
    cascade::data::read_part(part, words[i], table);
  }
  std::string text = cascade::data::source_text(table);
  for (const std::string& fault : table.faults) std::cerr << fault << '\n';
  if (!table.faults.empty()) return 1;
  std::ofstream out(words[2], std::ios::binary);
  out << text;
  return out.flush() ? 0 : 3;
}
