# cmake -DFILES=<a.tsv;b.tsv> -DOUTPUT=<file> -P lexicon.cmake: the router's data files as one C++ source.
set(text "#include \"route/build/lexicon.h\"\n\nnamespace cascade::route {\n\n")
string(APPEND text "std::string_view lexicon_text() noexcept {\n  return")
foreach(path IN LISTS FILES)
  file(READ ${path} content)
  string(APPEND text "\n      R\"lexicon(${content})lexicon\"")
endforeach()
string(APPEND text ";\n}\n\n}  // namespace cascade::route\n")
file(WRITE ${OUTPUT} "${text}")
