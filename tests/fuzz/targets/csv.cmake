musubi_add_fuzz_target(csv USES document base)
musubi_add_fuzz_target(text USES document base)
