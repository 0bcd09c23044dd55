def check(results, program, folder):
    pass
