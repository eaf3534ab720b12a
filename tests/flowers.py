"""A small table of flowers, with an index and a class, and its numbers."""

FLOWERS = """Id,SepalLength,SepalWidth,PetalLength,PetalWidth,Species
1,5.1,3.5,1.4,0.2,setosa
2,4.9,3.0,1.4,0.2,setosa
3,7.0,3.2,4.7,1.4,versicolor
4,6.4,3.2,4.5,1.5,versicolor
5,6.3,3.3,6.0,2.5,virginica
6,5.8,2.7,5.1,1.9,virginica
"""
NUMBERS = [[5.1, 3.5, 1.4, 0.2], [4.9, 3.0, 1.4, 0.2], [7.0, 3.2, 4.7, 1.4], [6.4, 3.2, 4.5, 1.5],
           [6.3, 3.3, 6.0, 2.5], [5.8, 2.7, 5.1, 1.9]]  # fmt: skip
