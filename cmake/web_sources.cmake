# cmake -DSYSTEM=<page> -DFOLDER=<src/systems/page/web> -DOUTPUT=<file> -P web_sources.cmake: a folder's scripts and styles as one C++
# source, cascade::page::web_source(). Compilers promise 64 KiB for a literal; a file here is far below that.
file(GLOB paths ${FOLDER}/*.js ${FOLDER}/*.css)
list(SORT paths)
set(text "#include <string_view>\n\nnamespace cascade::${SYSTEM} {\n\nstd::string_view web_source(std::string_view name) noexcept;\n\n")
string(APPEND text "std::string_view web_source(std::string_view name) noexcept {\n")
foreach(path IN LISTS paths)
  cmake_path(GET path FILENAME name)
  file(READ ${path} content)
  string(APPEND text "  if (name == \"${name}\") return R\"web(${content})web\";\n")
endforeach()
string(APPEND text "  return {};\n}\n\n}  // namespace cascade::${SYSTEM}\n")
file(WRITE ${OUTPUT} "${text}")
