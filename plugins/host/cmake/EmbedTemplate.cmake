# cmake -DOUTPUT=file.inc -DFOLDER=dir -DFILES="a;b" -P EmbedTemplate.cmake
# Writes the files as {"name", "text"} initialisers of C++.
set(text "")
foreach(name IN LISTS FILES)
  file(READ ${FOLDER}/${name} content)
  string(APPEND text "{\"${name}\", R\"musubi(${content})musubi\"},\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")
